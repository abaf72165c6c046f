/** The rows of a dialer: its timers and its caller sessions. */
package io.busyhour.projection.calls.dialer;
