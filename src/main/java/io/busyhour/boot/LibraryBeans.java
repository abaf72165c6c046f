package io.busyhour.boot;

import io.busyhour.boot.settings.Setting;
import io.busyhour.boot.settings.Settings;
import io.busyhour.instrument.Meters;
import io.busyhour.serve.scrape.Scrape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the beans for any application stand on where the server was not started. */
@ApplicationScoped
class LibraryBeans {
  /** Their series begin with the process: nothing stores them. */
  @Produces
  @Singleton
  static Meters meters() {
    Setting<Integer> limit = Settings.CARDINALITY_LIMIT;
    Config config = ConfigProvider.getConfig();
    String text = config.getOptionalValue(limit.key(), String.class).orElse(limit.standard());
    try {
      return Meters.create(limit.reader().apply(text.strip()), Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: %s)".formatted(limit.key(), text, limit.expected()), e);
    }
  }

  /** Whoever reaches the application's port may scrape it, as with Helidon's own endpoint. */
  @Produces
  @Singleton
  static Scrape scrape() {
    return new Scrape(() -> () -> {}, Optional::empty, header -> Optional.empty());
  }
}
