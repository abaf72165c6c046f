/**
 * What all doors share: limits, reading a body, proving which URL was requested, times, and the
 * {@link io.busyhour.receive.Receiver}, which journals before anything is acknowledged. Each
 * sub-package is the door of one wire format and ends its vendor's words.
 */
package io.busyhour.receive;
