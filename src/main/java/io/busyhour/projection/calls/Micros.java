package io.busyhour.projection.calls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as rows hold them: microseconds since 1970, or null. */
final class Micros {
  private Micros() {}

  static Long of(Instant time) {
    return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant toInstant(Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static Long earlier(Long held, long said) {
    return held == null || said < held ? Long.valueOf(said) : held;
  }

  static Long later(Long held, long said) {
    return held == null || said > held ? Long.valueOf(said) : held;
  }
}
