package io.busyhour.instrument;

import io.busyhour.instrument.Meters.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Comparator;

/** An exemplar as it is kept: whose an observed value was, and when. */
final class Witness {
  /** OpenMetrics 1.0, "Exemplars": of label name and value together. */
  private static final int MOST_CODE_POINTS = 128;

  /** The latest stands; of equally late ones always the same, whichever came first. */
  private static final Comparator<Witness> ORDER =
      Comparator.<Witness>comparingLong(w -> w.at)
          .thenComparingDouble(w -> w.observed)
          .thenComparing(w -> w.value)
          .thenComparing(w -> w.label);

  private final double observed;
  private final String label;
  private final String value;
  private final long at;
  private io.prometheus.metrics.model.snapshots.Exemplar shown;

  private Witness(double observed, String label, String value, long at) {
    this.observed = observed;
    this.label = label;
    this.value = value;
    this.at = at;
  }

  /** Null when there is nobody, or the name is too long to be exposed. */
  static Witness of(double observed, Exemplar exemplar) {
    if (exemplar == null || exemplar.value() == null || exemplar.at() == null) {
      return null;
    }
    String label = exemplar.label();
    String value = exemplar.value();
    int length = label.codePointCount(0, label.length()) + value.codePointCount(0, value.length());
    return length > MOST_CODE_POINTS
        ? null
        : new Witness(observed, label, value, exemplar.at().toEpochMilli());
  }

  /** The one that stands; either may be null. */
  static Witness later(Witness one, Witness other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return ORDER.compare(one, other) >= 0 ? one : other;
  }

  /** As the library has it, made once. */
  static io.prometheus.metrics.model.snapshots.Exemplar shown(Witness witness) {
    return witness == null ? null : witness.shown();
  }

  private io.prometheus.metrics.model.snapshots.Exemplar shown() {
    if (shown == null) {
      Labels labels = Labels.of(label, new LabelValues(value).kept().array()[0]);
      shown = new io.prometheus.metrics.model.snapshots.Exemplar(observed, labels, at);
    }
    return shown;
  }
}
