/** What accounts have, owe and spend. */
package io.busyhour.projection.meters.money;
