package io.busyhour.instrument;

import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A family of histograms. */
final class Histograms extends Family<Histograms.One> implements HistogramFamily {
  /** The given upper bounds and infinity. */
  private final double[] bounds;

  Histograms(
      String name,
      String help,
      double[] bounds,
      List<String> labelNames,
      int limit,
      Surroundings around) {
    super(Names.checkedOther(name), help, labelNames, limit, around);
    for (int i = 0; i < bounds.length; i++) {
      if (!Double.isFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) {
        throw new IllegalArgumentException(
            "bounds of %s: %s (expected: finite and rising)"
                .formatted(name, Arrays.toString(bounds)));
      }
    }
    this.bounds = Arrays.copyOf(bounds, bounds.length + 1);
    this.bounds[bounds.length] = Double.POSITIVE_INFINITY;
  }

  static void checkFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: a finite number)");
    }
  }

  @Override
  public void observe(double value, String... labelValues) {
    checkFinite(name, value);
    update(labelValues, one -> one.observe(value, null));
  }

  @Override
  public void observe(double value, Exemplar exemplar, String... labelValues) {
    checkFinite(name, value);
    Witness witness = Witness.of(value, exemplar);
    update(labelValues, one -> one.observe(value, witness));
  }

  @Override
  public void observe(double[] values, long[] times, BigDecimal sum, String... labelValues) {
    for (int i = 0; i < values.length; i++) {
      checkFinite(name, values[i]);
      if (times[i] < 0) {
        throw new IllegalArgumentException(name + ": " + times[i] + " times (expected: 0 or more)");
      }
    }
    update(labelValues, one -> one.observe(values, times, sum));
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
  String signature() {
    return super.signature() + Arrays.toString(bounds);
  }

  @Override
  One create(long id, LabelValues values, long created) {
    return new One(this, id, values, created, new ExactSum(), new NativeBuckets());
  }

  @Override
  One read(long id, LabelValues values, long created, String[] parts) {
    NativeBuckets natives = NativeBuckets.parse(parts[4], parts[5], parts[6], parts[7]);
    One one = new One(this, id, values, created, ExactSum.parse(parts[2]), natives);
    long count = 0;
    for (String bucket : parts[3].isEmpty() ? new String[0] : parts[3].split(",", -1)) {
      int equals = bucket.indexOf('=');
      int i = equals < 0 ? -1 : indexOf(bucket.substring(0, equals));
      if (i < 0) {
        throw new IllegalArgumentException(
            "bucket: \"%s\" (expected: bound=count, with a bound of %s)"
                .formatted(bucket, Arrays.toString(bounds)));
      }
      one.counts[i] = Long.parseLong(bucket.substring(equals + 1));
      count += one.counts[i];
    }
    if (count != natives.count()) {
      throw new IllegalArgumentException(
          "native buckets: %d observations (expected: %d, as in the classic ones)"
              .formatted(natives.count(), count));
    }
    return one;
  }

  private int indexOf(String bound) {
    return Arrays.binarySearch(
        bounds, "+Inf".equals(bound) ? bounds[bounds.length - 1] : Double.parseDouble(bound));
  }

  @Override
  MetricSnapshot shown(MetricMetadata metadata, List<One> series, boolean natively) {
    return new HistogramSnapshot(metadata, series.stream().map(s -> s.point(natively)).toList());
  }

  /** One histogram. */
  static final class One extends Series {
    private final double[] bounds;
    private final long[] counts;
    private final ExactSum sum;
    private final NativeBuckets natives;

    /** By classic bucket; null until the first. */
    private Witness[] witnesses;

    private One(
        Histograms family,
        long id,
        LabelValues values,
        long created,
        ExactSum sum,
        NativeBuckets natives) {
      super(family, id, values, created);
      this.bounds = family.bounds;
      this.counts = new long[bounds.length];
      this.sum = sum;
      this.natives = natives;
    }

    private int count(double value, long times) {
      int i = 0;
      while (value > bounds[i]) {
        i++;
      }
      counts[i] += times;
      natives.observe(value, times);
      return i;
    }

    private void observe(double[] values, long[] times, BigDecimal total) {
      for (int i = 0; i < values.length; i++) {
        if (times[i] > 0) {
          count(values[i], times[i]);
        }
      }
      sum.add(total);
    }

    private void observe(double value, Witness witness) {
      int i = count(value, 1);
      sum.add(value);
      if (witness != null) {
        if (witnesses == null) {
          witnesses = new Witness[counts.length];
        }
        witnesses[i] = Witness.later(witnesses[i], witness);
      }
    }

    private synchronized HistogramDataPointSnapshot point(boolean natively) {
      return new HistogramDataPointSnapshot(
          ClassicHistogramBuckets.of(bounds, counts),
          natively ? natives.schema() : HistogramSnapshot.CLASSIC_HISTOGRAM,
          natives.zero(),
          NativeBuckets.ZERO_THRESHOLD,
          natively ? natives.positive() : NativeHistogramBuckets.EMPTY,
          natively ? natives.negative() : NativeHistogramBuckets.EMPTY,
          sum.value(),
          labels(),
          exemplars(),
          created);
    }

    private Exemplars exemplars() {
      return witnesses == null
          ? Exemplars.EMPTY
          : Exemplars.of(
              Stream.of(witnesses).filter(Objects::nonNull).map(Witness::shown).toList());
    }

    /** Buckets in use are written with their bounds, so that other bounds are noticed. */
    @Override
    String text() {
      StringBuilder text = new StringBuilder().append(sum).append(';');
      String separator = "";
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          String bound = i == counts.length - 1 ? "+Inf" : Double.toString(bounds[i]);
          text.append(separator).append(bound).append('=').append(counts[i]);
          separator = ",";
        }
      }
      return text.append(';').append(natives).toString();
    }
  }
}
