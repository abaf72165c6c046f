/** What timers and caller sessions of a dialer add to figures, and to Librato. */
package io.busyhour.projection.meters.dialer;
