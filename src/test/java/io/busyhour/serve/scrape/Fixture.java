package io.busyhour.serve.scrape;

import io.busyhour.instrument.Meters;
import io.busyhour.serve.scrape.Scrape.Refused;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What boot gives to the endpoint, here to be turned by a test. */
@Singleton
class Fixture {
  static final String TOKEN = "Bearer let-me-in";

  final AtomicInteger saves = new AtomicInteger();
  volatile boolean guarded;
  volatile String waiting;
  volatile boolean storeGone;
  volatile Runnable duringSave = () -> {};

  @Produces
  @Singleton
  static Meters meters() {
    return Meters.create(200_000, Clock.systemUTC());
  }

  @Produces
  @Singleton
  Scrape scrape() {
    return new Scrape(
        () -> this::save,
        () -> Optional.ofNullable(waiting),
        header ->
            guarded && !header.apply("Authorization").equals(Optional.of(TOKEN))
                ? Optional.of(
                    new Refused(
                        401, Map.of("WWW-Authenticate", "Bearer"), "no_token", "Send a token."))
                : Optional.empty());
  }

  private void save() {
    saves.incrementAndGet();
    duringSave.run();
    if (storeGone) {
      throw new IllegalStateException("the store is gone");
    }
  }

  void reset() {
    guarded = false;
    waiting = null;
    storeGone = false;
    duringSave = () -> {};
  }
}
