package io.busyhour.serve.export;

import io.busyhour.projection.calls.history.CallLine.Width;
import io.busyhour.projection.calls.history.Place;
import java.time.Instant;

/**
 * What is exported.
 *
 * @param after the place of the last call that is not in it
 * @param until the time before which the calls began: that of the request
 * @param days what was asked for
 * @param width how much of each call
 * @param numbersShown whether phone numbers are written whole
 */
record Export(
    Format format, Width width, Place after, Instant until, int days, boolean numbersShown) {}
