/**
 * Ratios over the last minutes, hour and day by the time of the events: a late event, or a
 * correction of a row, mends the window that it belongs to. Exact to a window's step; no sample, no
 * series.
 */
package io.busyhour.projection.windows;
