/**
 * Meters with governed label values, exact sums and a state that can be saved and restored, and the
 * annotations that feed them.
 */
package io.busyhour.instrument;
