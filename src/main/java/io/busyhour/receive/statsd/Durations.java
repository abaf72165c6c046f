package io.busyhour.receive.statsd;

import io.busyhour.event.StatsdEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A timer: its different values with how often they came, and their exact sum. Beyond a thousand
 * different ones, another is rounded up to three digits, which leaves it in its bucket as long as
 * the bounds of buckets have no more digits.
 */
final class Durations extends Total {
  private static final int EXACT = 1_000;
  private static final MathContext ROUGH = new MathContext(3, RoundingMode.CEILING);
  private static final int MILLI = 3;

  private final Map<BigDecimal, Long> times = new TreeMap<>();
  private BigDecimal sum = BigDecimal.ZERO;

  Durations(String name, Map<String, String> tags) {
    super(name, tags);
  }

  private static BigDecimal seconds(Sample sample) {
    return ((Sample.Duration) sample).milliseconds().movePointLeft(MILLI);
  }

  @Override
  int growth(Sample sample) {
    checked(sum);
    return times.containsKey(key(seconds(sample))) ? 0 : 1;
  }

  private BigDecimal key(BigDecimal seconds) {
    return times.size() < EXACT || times.containsKey(seconds) ? seconds : seconds.round(ROUGH);
  }

  @Override
  int take(Sample sample) {
    BigDecimal seconds = seconds(sample);
    long weight = ((Sample.Duration) sample).times();
    sum = sum.add(seconds.multiply(BigDecimal.valueOf(weight)));
    int before = times.size();
    times.merge(key(seconds), weight, Long::sum);
    return times.size() - before;
  }

  @Override
  StatsdEvent statement() {
    List<BigDecimal> seconds = new ArrayList<>(times.keySet());
    return new StatsdEvent.Timed(metric(), seconds, new ArrayList<>(times.values()), sum);
  }
}
