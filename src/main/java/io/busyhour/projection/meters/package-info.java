/**
 * The figures for /metrics that follow from events and from changes of rows: the one place where
 * the name of a metric is spelled.
 */
package io.busyhour.projection.meters;
