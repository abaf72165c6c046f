/** What events, and the passing of time, did to the rows: what every fold lives on. */
package io.busyhour.projection.change;
