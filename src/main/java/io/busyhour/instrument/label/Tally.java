package io.busyhour.instrument.label;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;

/** One family as one method feeds it: resolved when the application is deployed. */
final class Tally {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS = 1e6;

  private final Value[] values;
  private final Family family;

  /** Takes one invocation; a time of -1 is of none. */
  private interface Family {
    void take(long nanos, String[] labels);
  }

  private Tally(Value[] values, Family family) {
    this.values = values;
    this.family = family;
  }

  static Tally of(CounterFamily counter, Value[] values) {
    return new Tally(values, (nanos, labels) -> counter.add(1, labels));
  }

  /** In whole microseconds: the sum of such decimals is exact at the cost of one of longs. */
  static Tally of(HistogramFamily histogram, Value[] values) {
    return new Tally(
        values,
        (nanos, labels) -> histogram.observe(Math.round(nanos / NANOS_PER_MICRO) / MICROS, labels));
  }

  boolean isKnownAtOnce() {
    for (Value value : values) {
      if (value.isOfTheEnd()) {
        return false;
      }
    }
    return true;
  }

  /** The labels as far as they are known when the method is called; it may change its arguments. */
  String[] begin(Object[] arguments) {
    String[] labels = new String[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] =
          switch (values[i]) {
            case Value.Constant constant -> constant.text();
            case Value.Argument argument -> argument.reading().of(arguments[argument.index()]);
            case Value.Result result -> null;
            case Value.Thrown thrown -> null;
          };
    }
    return labels;
  }

  /** Fills in what the end of the method tells, and counts. */
  void end(String[] labels, long nanos, Object result, Throwable thrown) {
    for (int i = 0; i < labels.length; i++) {
      if (values[i] instanceof Value.Result of && thrown == null) {
        labels[i] = of.reading().of(result);
      } else if (values[i] instanceof Value.Thrown && thrown != null) {
        labels[i] = Value.Thrown.name(thrown);
      }
    }
    family.take(nanos, labels);
  }
}
