/** What people and machines read: the scrape and the JSON views. Reads projections only. */
package io.busyhour.serve;
