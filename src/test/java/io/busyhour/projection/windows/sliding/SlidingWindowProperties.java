package io.busyhour.projection.windows.sliding;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.projection.windows.sliding.SlidingWindow.BucketKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

class SlidingWindowProperties {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration HORIZON = Duration.ofHours(1);
  private static final long STEP = 60;

  /** A sample that comes at one time and speaks of another, perhaps to be taken back. */
  record Said(String label, long atSecond, long lateSeconds, double value, boolean takenBack) {}

  @Property(tries = 300)
  void sums_areThoseOfABruteForceModel(@ForAll("streams") List<Said> stream) {
    SlidingWindow window = new SlidingWindow("test", HORIZON, Duration.ofSeconds(STEP), 1, 100);
    List<Said> sorted = new ArrayList<>(stream);
    sorted.sort(Comparator.comparingLong(Said::atSecond));
    for (Said said : sorted) {
      add(window, said, 1);
      if (said.takenBack()) {
        add(window, said, -1);
      }
    }
    long now = sorted.isEmpty() ? 0 : sorted.getLast().atSecond();
    Map<String, Double> expected = new HashMap<>();
    for (Said said : sorted) {
      long start = Math.floorDiv(said.atSecond() - said.lateSeconds(), STEP) * STEP;
      if (!said.takenBack() && start > now - HORIZON.toSeconds()) {
        expected.merge(said.label(), said.value(), Double::sum);
      }
    }
    Map<String, Double> found = new HashMap<>();
    window.sums(
        NOON.plusSeconds(now),
        HORIZON,
        (labels, sum) -> found.put(labels.getFirst(), sum.sum().doubleValue()));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((label, sum) -> assertThat(sum).isCloseTo(expected.get(label), within(1e-6)));
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }

  private static BucketKey add(SlidingWindow window, Said said, int sign) {
    Instant now = NOON.plusSeconds(said.atSecond());
    return window.add(
        List.of(said.label()),
        now.minusSeconds(said.lateSeconds()),
        now,
        Sample.counts(1).withValue(said.value()),
        sign);
  }

  @Property(tries = 200)
  void bucket_savedAndParsed_isTheSame(@ForAll("streams") List<Said> stream) {
    Bucket bucket = new Bucket(1);
    stream.forEach(said -> bucket.add(Sample.counts(1).withValue(said.value()), 1));
    Bucket parsed = Bucket.parse(1, bucket.state());
    assertThat(parsed.state()).isEqualTo(bucket.state());
    stream.forEach(said -> parsed.add(Sample.counts(1).withValue(said.value()), -1));
    assertThat(parsed.isEmpty()).isTrue();
    assertThat(parsed.sum()).isEqualByComparingTo("0");
  }

  @Property(tries = 200)
  void quantile_isWithinOnePercent(@ForAll("streams") List<Said> stream) {
    Bucket bucket = new Bucket(1);
    stream.forEach(said -> bucket.add(Sample.counts(1).withValue(said.value()), 1));
    double[] sorted = stream.stream().mapToDouble(Said::value).sorted().toArray();
    if (sorted.length == 0) {
      return;
    }
    for (double share : new double[] {0, 0.5, 0.95, 0.99, 1}) {
      double exact = sorted[(int) Math.floor(share * (sorted.length - 1))];
      assertThat(bucket.quantile(share)).isCloseTo(exact, within(exact * 0.0101 + 1e-9));
    }
  }

  @Provide
  Arbitrary<List<Said>> streams() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.longs().between(0, 7200),
            Arbitraries.longs().between(-120, 5000),
            Arbitraries.doubles().between(0, 4000).ofScale(3),
            Arbitraries.of(true, false, false))
        .as(Said::new)
        .filter(said -> said.lateSeconds() >= 0)
        .list()
        .ofMaxSize(60);
  }
}
