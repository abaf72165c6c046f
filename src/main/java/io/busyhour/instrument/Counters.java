package io.busyhour.instrument;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.math.BigDecimal;
import java.util.List;

/** A family of counters. */
final class Counters extends Family<Counters.One> implements CounterFamily {
  /** Beyond these powers of ten a double has no value, and an exact sum no end. */
  private static final int MOST_DIGITS = 400;

  Counters(String name, String help, List<String> labelNames, int limit, Surroundings around) {
    super(Names.checkedCounter(name), help, labelNames, limit, around);
  }

  @Override
  public void add(long count, String... labelValues) {
    checkNotBelowZero(count >= 0, count);
    update(labelValues, one -> one.sum.add(count));
  }

  @Override
  public void add(long count, Exemplar exemplar, String... labelValues) {
    checkNotBelowZero(count >= 0, count);
    Witness witness = Witness.of((double) count, exemplar);
    update(
        labelValues,
        one -> {
          one.sum.add(count);
          one.witness = Witness.later(one.witness, witness);
        });
  }

  @Override
  public void add(BigDecimal amount, String... labelValues) {
    checkNotBelowZero(amount.signum() >= 0, amount);
    if (Math.abs((long) amount.scale()) > MOST_DIGITS || amount.precision() > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "%s: an amount of scale %d and %d digits (expected: at most %d of each)"
              .formatted(name, amount.scale(), amount.precision(), MOST_DIGITS));
    }
    update(labelValues, one -> one.sum.add(amount));
  }

  private void checkNotBelowZero(boolean valid, Number amount) {
    if (!valid) {
      throw new IllegalArgumentException(
          "%s: %s (expected: 0 or more, as a counter never falls)".formatted(name, amount));
    }
  }

  @Override
  public void touch(String... labelValues) {
    bring(labelValues);
  }

  @Override
  public void keep(String... labelValues) {
    bringForGood(labelValues);
  }

  @Override
  One create(long id, LabelValues values, long created) {
    return new One(this, id, values, created, new ExactSum());
  }

  @Override
  One read(long id, LabelValues values, long created, String[] parts) {
    return new One(this, id, values, created, ExactSum.parse(parts[2]));
  }

  @Override
  MetricSnapshot shown(MetricMetadata metadata, List<One> series, boolean natively) {
    return new CounterSnapshot(metadata, series.stream().map(One::point).toList());
  }

  /** One counter. */
  static final class One extends Series {
    private final ExactSum sum;
    private Witness witness;

    private One(Family<?> family, long id, LabelValues values, long created, ExactSum sum) {
      super(family, id, values, created);
      this.sum = sum;
    }

    private synchronized CounterDataPointSnapshot point() {
      return new CounterDataPointSnapshot(sum.value(), labels(), Witness.shown(witness), created);
    }

    @Override
    String text() {
      return sum.toString();
    }
  }
}
