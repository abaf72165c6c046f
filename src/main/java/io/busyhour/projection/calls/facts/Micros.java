package io.busyhour.projection.calls.facts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as rows hold them: microseconds since 1970, or null. */
public final class Micros {
  private Micros() {}

  public static Long of(Instant time) {
    return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  public static Instant toInstant(Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static Long earlier(Long held, long said) {
    return held == null || said < held ? Long.valueOf(said) : held;
  }

  public static Long later(Long held, long said) {
    return held == null || said > held ? Long.valueOf(said) : held;
  }
}
