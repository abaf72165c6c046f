/**
 * Figures of the calls of each five minutes, hour and day, kept with the rows, so that no view has
 * to read the calls themselves.
 */
package io.busyhour.projection.windows.rollup;
