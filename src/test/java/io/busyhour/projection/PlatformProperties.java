package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.journal.HandClock;
import io.busyhour.projection.meters.platform.ApiFold;
import io.busyhour.projection.meters.platform.DipFold;
import io.busyhour.projection.meters.platform.InfraFold;
import io.busyhour.projection.meters.work.WorkFold;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the platform's machines say gives the same figures in whatever order it comes. */
class PlatformProperties {
  private static final Clock CLOCK = new HandClock(NOON.plusSeconds(60)).clock();

  @Provide
  Arbitrary<List<Occurrence>> statements() {
    // Few nodes and few moments, so that they meet.
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.of("n1", "n2"),
            Arbitraries.integers().between(-5, 0).map(s -> NOON.plusSeconds(30L * s)),
            Arbitraries.integers().between(0, 90))
        .as(PlatformProperties::statement)
        .list()
        .ofMaxSize(40);
  }

  private static Occurrence statement(int kind, String node, Instant at, int n) {
    return switch (kind) {
      case 0 ->
          said(
              "infra.kamailio",
              at,
              Map.of(
                  "node", node, "status", List.of("healthy", "degraded", "unhealthy").get(n % 3)));
      case 1 -> said("infra.rtpengine", at, Map.of("node", node, "sessions", n));
      case 2 ->
          said(
              "infra.database",
              at,
              Map.of("service", node, "database", "d", "connections", n, "connections_max", n + 5));
      case 3 -> said("infra.redis", at, Map.of("node", node, "db", "0", "memory_bytes", n));
      case 4 -> said("trunk.updated", at, Map.of("trunk", node, "channel_limit", n));
      case 5 ->
          said(
              "dip.query",
              at,
              Map.of("dip_type", "lrn", "status", "success", "cache_hit", n % 2 == 0));
      default ->
          said(
              "api.request",
              at,
              Map.of("endpoint", "/a/" + n, "method", "GET", "status", 200 + n, "account", node));
    };
  }

  @Property(tries = 200)
  void statements_inAnyOrder_giveTheSame(
      @ForAll("statements") List<Occurrence> statements, @ForAll Random random) {
    List<Occurrence> shuffled = new ArrayList<>(statements);
    Collections.shuffle(shuffled, random);
    assertThat(scrape(shuffled)).isEqualTo(scrape(statements));
  }

  @Property(tries = 200)
  void proxy_hasAlwaysOneStatus(@ForAll("statements") List<Occurrence> statements) {
    String scrape = scrape(statements);
    long nodes = scrape.lines().filter(l -> l.startsWith("warp_kamailio_health")).count() / 3;
    assertThat(scrape.lines().filter(l -> l.matches("warp_kamailio_health.* 1\\.0")))
        .hasSize((int) nodes);
  }

  private static String scrape(List<Occurrence> statements) {
    Meters meters = Meters.create(1000, CLOCK);
    Folds folds =
        new Folds(
            List.of(
                new ApiFold(meters),
                new DipFold(meters),
                new InfraFold(meters),
                new WorkFold(meters)));
    for (Occurrence occurrence : statements) {
      Delivery delivery = Delivery.of(new EventKey("test", "1"), occurrence);
      folds.on(new Entry(1, NOON, delivery), occurrence);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, meters.snapshots(name -> true, false));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
