/** Ends, as journaled events, the calls whose own end was never heard. */
package io.busyhour.projection.reaper;
