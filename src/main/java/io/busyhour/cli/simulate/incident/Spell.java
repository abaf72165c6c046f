package io.busyhour.cli.simulate.incident;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from its beginning
 * @param until its end, which does not belong to it any more
 */
record Spell(Instant from, Instant until) {
  boolean covers(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }
}
