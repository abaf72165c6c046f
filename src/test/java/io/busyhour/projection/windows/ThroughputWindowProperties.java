package io.busyhour.projection.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.MessageChange;
import io.busyhour.projection.change.MessageRecord;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Messages a second against a model that counts what is known of all messages anew. */
class ThroughputWindowProperties {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** What is known of a message from a time on. */
  record Known(MessageRecord message, long at) {}

  @Property(tries = 500)
  void throughput_isThatOfABruteForceModel(@ForAll("histories") List<Known> history) {
    List<Known> sorted = new ArrayList<>(history);
    sorted.sort(Comparator.comparingLong(Known::at));
    long last = sorted.isEmpty() ? 0 : sorted.getLast().at();
    Clock clock = Clock.fixed(NOON.plusSeconds(last), ZoneOffset.UTC);
    Meters meters = Meters.create(1000, clock);
    ThroughputWindow throughput = new ThroughputWindow(meters, 1000, clock);
    WindowStore store = new WindowStore(List.of(throughput.windows().getFirst()));
    Map<String, MessageRecord> known = new HashMap<>();
    for (Known each : sorted) {
      MessageRecord before = known.put(each.message().messageId(), each.message());
      throughput.on(
          new MessageChange(before, each.message(), Set.of(), Set.of()),
          NOON.plusSeconds(each.at()),
          store);
    }
    assertThat(shown(meters)).isEqualTo(counted(known, NOON.plusSeconds(last)));
  }

  private static Map<Labels, Double> counted(Map<String, MessageRecord> known, Instant now) {
    Map<Labels, Integer> counts = new HashMap<>();
    for (MessageRecord message : known.values()) {
      MessageRecord.Beginning b = message.beginning();
      Instant begun = message.times().begun();
      boolean outbound = b.direction() != Direction.INBOUND;
      boolean registered = b.campaign() != null || b.brand() != null;
      boolean recent = begun != null && begun.isAfter(now.minusSeconds(60)) && !begun.isAfter(now);
      if (outbound && registered && recent) {
        String campaign = b.campaign() == null ? "" : b.campaign();
        String brand = b.brand() == null ? "" : b.brand();
        Labels labels = Labels.of("account", b.account(), "brand", brand, "campaign", campaign);
        counts.merge(labels, 1, Integer::sum);
      }
    }
    Map<Labels, Double> rates = new HashMap<>();
    counts.forEach((labels, count) -> rates.put(labels, count / 60.0));
    return rates;
  }

  private static Map<Labels, Double> shown(Meters meters) {
    Map<Labels, Double> values = new HashMap<>();
    meters.snapshots("warp_10dlc_throughput_per_second"::equals).stream()
        .flatMap(snapshot -> ((GaugeSnapshot) snapshot).getDataPoints().stream())
        .forEach(point -> values.put(point.getLabels(), point.getValue()));
    return values;
  }

  @Provide
  Arbitrary<List<Known>> histories() {
    Arbitrary<Long> begun = Arbitraries.longs().between(-70, 130).injectNull(0.1);
    return Combinators.combine(
            Arbitraries.of("m1", "m2", "m3", "m4", "m5"),
            Arbitraries.of("c1", "c2").injectNull(0.3),
            Arbitraries.of("b1").injectNull(0.3),
            Arbitraries.of(Direction.class).injectNull(0.3),
            begun,
            Arbitraries.longs().between(0, 120))
        .as(
            (id, campaign, brand, direction, second, at) ->
                new Known(message(id, campaign, brand, direction, second), at))
        .list()
        .ofMaxSize(30);
  }

  private static MessageRecord message(
      String id, String campaign, String brand, Direction direction, Long second) {
    Instant begun = second == null ? null : NOON.plusSeconds(second);
    return new MessageRecord(
        id,
        new MessageRecord.Beginning("acme", campaign, brand, "att", direction, 1),
        null,
        new MessageRecord.Times(begun, false, null, null, null, null, null, null));
  }
}
