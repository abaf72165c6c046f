package io.busyhour.instrument.label;

import io.busyhour.instrument.Meters;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** Beans in a real container with nothing but the extension and meters of their own. */
public final class Contained implements AutoCloseable {
  private final Meters meters;
  private final WeldContainer container;

  private Contained(Meters meters, WeldContainer container) {
    this.meters = meters;
    this.container = container;
  }

  /** Counts by meters that nobody else has. */
  public static Contained of(Class<?>... beans) {
    return of(Meters.create(1000, Clock.systemUTC()), beans);
  }

  /** Counts by these meters. */
  public static Contained of(Meters meters, Class<?>... beans) {
    Weld weld =
        new Weld(UUID.randomUUID().toString())
            .disableDiscovery()
            .beanClasses(beans)
            .addExtension(new LabelExtension())
            .addExtension(new Given(meters));
    return new Contained(meters, weld.initialize());
  }

  /** Its bean of this type. */
  public <T> T get(Class<T> type) {
    return container.select(type).get();
  }

  /** What a scrape shows of one family. */
  String scrape(String family) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, meters.snapshots(family::equals, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    container.close();
  }

  /** Brings the meters in. */
  public static final class Given implements Extension {
    private final Meters meters;

    Given(Meters meters) {
      this.meters = meters;
    }

    void add(@Observes AfterBeanDiscovery event) {
      event.addBean().types(Meters.class).createWith(context -> meters);
    }
  }
}
