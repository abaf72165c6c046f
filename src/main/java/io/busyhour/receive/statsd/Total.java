package io.busyhour.receive.statsd;

import io.busyhour.event.StatsdEvent;
import io.busyhour.event.StatsdEvent.Metric;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the samples of one metric with its tags have come to so far. */
abstract class Total {
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000_000L);

  private final String name;
  private final Map<String, String> tags;
  private long samples;

  Total(String name, Map<String, String> tags) {
    this.name = name;
    this.tags = tags;
  }

  /**
   * Says how much more would have to be remembered with a sample, without taking it.
   *
   * @throws Refusal when the total would become too large to be added up
   */
  abstract int growth(Sample sample);

  /** Takes a sample of its kind; gives by how much it grew. */
  final int add(Sample sample) {
    samples++;
    return take(sample);
  }

  abstract int take(Sample sample);

  /** What is to be stored of it. */
  abstract StatsdEvent statement();

  final long samples() {
    return samples;
  }

  final Metric metric() {
    return new Metric(name, tags, samples);
  }

  static BigDecimal checked(BigDecimal sum) {
    if (sum.abs().compareTo(MOST) > 0) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "The sum of an interval is beyond %s.".formatted(MOST.toPlainString()));
    }
    return sum;
  }

  /** A counter. */
  static final class Counter extends Total {
    private BigDecimal sum = BigDecimal.ZERO;

    Counter(String name, Map<String, String> tags) {
      super(name, tags);
    }

    @Override
    int growth(Sample sample) {
      checked(sum);
      return 0;
    }

    @Override
    int take(Sample sample) {
      sum = sum.add(((Sample.Count) sample).amount());
      return 0;
    }

    @Override
    StatsdEvent statement() {
      return new StatsdEvent.Counted(metric(), sum);
    }
  }

  /** A gauge: what it was set to last, if it was, and what it changed by since. */
  static final class Gauge extends Total {
    private boolean set;
    private BigDecimal value = BigDecimal.ZERO;

    Gauge(String name, Map<String, String> tags) {
      super(name, tags);
    }

    @Override
    int growth(Sample sample) {
      if (sample instanceof Sample.Change) {
        checked(value);
      }
      return 0;
    }

    @Override
    int take(Sample sample) {
      switch (sample) {
        case Sample.Level level -> {
          set = true;
          value = level.value();
        }
        case Sample.Change change -> value = value.add(change.by());
        default -> throw new IllegalArgumentException("no gauge: " + sample);
      }
      return 0;
    }

    @Override
    StatsdEvent statement() {
      return set
          ? new StatsdEvent.GaugeSet(metric(), value)
          : new StatsdEvent.GaugeChanged(metric(), value);
    }
  }

  /** A set: hashes of its members, so that it needs little room and no member is kept. */
  static final class Members extends Total {
    private final Set<Long> hashes = new HashSet<>();

    Members(String name, Map<String, String> tags) {
      super(name, tags);
    }

    @Override
    int growth(Sample sample) {
      return hashes.contains(hash(sample)) ? 0 : 1;
    }

    @Override
    int take(Sample sample) {
      return hashes.add(hash(sample)) ? 1 : 0;
    }

    private static long hash(Sample sample) {
      byte[] member = ((Sample.Member) sample).text().getBytes(StandardCharsets.UTF_8);
      try {
        return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(member)).getLong();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    @Override
    StatsdEvent statement() {
      return new StatsdEvent.Unique(metric(), (long) hashes.size());
    }
  }
}
