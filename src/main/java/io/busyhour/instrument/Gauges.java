package io.busyhour.instrument;

import io.busyhour.instrument.Meters.GaugeFamily;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** A family of gauges. */
final class Gauges extends Family<Gauges.One> implements GaugeFamily {
  /** Where the rank is in a state that has one. */
  private static final int RANK = 3;

  /** Below the rank of every statement. */
  private static final long NO_RANK = Long.MIN_VALUE;

  Gauges(String name, String help, List<String> labelNames, int limit, Surroundings around) {
    super(Names.checkedOther(name), help, labelNames, limit, around);
  }

  @Override
  public void set(double value, String... labelValues) {
    Histograms.checkFinite(name, value);
    update(labelValues, one -> one.value = value);
  }

  @Override
  public void set(double value, long rank, String... labelValues) {
    Histograms.checkFinite(name, value);
    update(labelValues, one -> one.hear(value, rank));
  }

  @Override
  public void add(double change, String... labelValues) {
    Histograms.checkFinite(name, change);
    update(labelValues, one -> one.add(change));
  }

  @Override
  public void heardOf(String... labelValues) {
    mention(labelValues);
  }

  @Override
  public void remove(String... labelValues) {
    drop(labelValues);
  }

  @Override
  public Set<List<String>> labels() {
    return labelSets();
  }

  @Override
  boolean folds() {
    return false;
  }

  @Override
  One create(long id, LabelValues values, long created) {
    return new One(this, id, values, created, 0, NO_RANK);
  }

  @Override
  One read(long id, LabelValues values, long created, String[] parts) {
    double value = Double.parseDouble(parts[2]);
    Histograms.checkFinite(name, value);
    long rank = parts.length > RANK ? Long.parseLong(parts[RANK]) : NO_RANK;
    return new One(this, id, values, created, value, rank);
  }

  @Override
  MetricSnapshot shown(MetricMetadata metadata, List<One> series, boolean natively) {
    return new GaugeSnapshot(metadata, series.stream().map(One::point).toList());
  }

  /** One gauge. */
  static final class One extends Series {
    private double value;
    private long rank;

    private One(
        Family<?> family, long id, LabelValues values, long created, double value, long rank) {
      super(family, id, values, created);
      this.value = value;
      this.rank = rank;
    }

    private void hear(double said, long saidRank) {
      if (saidRank > rank || (saidRank == rank && said > value)) {
        value = said;
        rank = saidRank;
      }
    }

    /** As decimals, so that 0.1 and 0.2 are 0.3; what is beyond all doubles changes nothing. */
    private void add(double change) {
      double sum = BigDecimal.valueOf(value).add(BigDecimal.valueOf(change)).doubleValue();
      value = Double.isFinite(sum) ? sum : value;
    }

    private synchronized GaugeDataPointSnapshot point() {
      return new GaugeDataPointSnapshot(value, labels(), null);
    }

    @Override
    String text() {
      return rank == NO_RANK ? Double.toString(value) : value + ";" + rank;
    }
  }
}
