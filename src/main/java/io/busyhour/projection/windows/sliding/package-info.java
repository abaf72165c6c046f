/**
 * Sliding windows by event time: exact to a step, corrected by taking samples away again, stored
 * with the rows.
 */
package io.busyhour.projection.windows.sliding;
