package io.busyhour.instrument;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All metric families of this process. Families may be updated by any thread; those that must be
 * seen together are updated inside {@link #alone}.
 */
public interface Meters {

  /**
   * The state of one series as it is saved.
   *
   * @param id identifies the series for as long as it lives
   * @param family the family's name as it is registered
   * @param labels the label values in the order of the family's label names
   * @param state what {@link #restore} makes the series of: text of the family's own form
   * @param stored whether an earlier {@link #changed} gave this id already
   */
  record SeriesState(long id, String family, List<String> labels, String state, boolean stored) {}

  /** A family of counters; the name ends in {@code _total}. The same name gives the same family. */
  CounterFamily counter(String name, String help, String... labelNames);

  /** A family of gauges. */
  GaugeFamily gauge(String name, String help, String... labelNames);

  /** A family of histograms with these upper bounds, rising and without infinity. */
  HistogramFamily histogram(String name, String help, double[] bounds, String... labelNames);

  /** Registers something that is computed at each scrape. */
  void computed(String name, Supplier<MetricSnapshot> snapshot);

  /** Runs a change that no scrape sees the middle of; nothing else changes in the meantime. */
  void alone(Runnable change);

  /** The series that changed since this was last called; the caller saves them. */
  List<SeriesState> changed();

  /** Replaces all series of all families by these; those of unknown families are kept aside. */
  void restore(Iterable<SeriesState> states);

  /** The present values of all families whose name is wanted, as of one moment. */
  MetricSnapshots snapshots(Predicate<String> wanted);

  /** Counts; null label values are written as empty. */
  interface CounterFamily {
    /** Adds to one series, which comes into being if there is none. */
    void add(long count, String... labelValues);

    /** Adds an exact decimal amount, not below 0. */
    void add(BigDecimal amount, String... labelValues);

    /** Brings a series into being at 0, so that its first increment is seen by rate(). */
    void touch(String... labelValues);
  }

  /** Values that go up and down. */
  interface GaugeFamily {
    /** Sets one series. */
    void set(double value, String... labelValues);

    /** Removes one series. */
    void remove(String... labelValues);
  }

  /** Distributions, in classic buckets and natively; sums are exact decimals. */
  interface HistogramFamily {
    /** Observes a finite value. */
    void observe(double value, String... labelValues);

    /** Observes a finite value and remembers whose it was as exemplar, such as call_id. */
    void observe(double value, Exemplar exemplar, String... labelValues);

    /** Brings a series into being. */
    void touch(String... labelValues);
  }

  /**
   * Whose a value was.
   *
   * @param label such as {@code call_id}
   * @param value together with the label at most 128 characters, or it is left out
   * @param at when
   */
  record Exemplar(String label, String value, Instant at) {}

  /** Spells an enum's constant as a label value. */
  static String word(Enum<?> constant) {
    return constant == null ? "" : constant.name().toLowerCase(Locale.ROOT);
  }
}
