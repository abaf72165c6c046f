package io.busyhour.instrument;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All metric families of this process. Families may be updated by any thread; those that must be
 * seen together are updated inside {@link #alone}.
 */
public interface Meters {

  /** The label value of the series that stands for all beyond the limit. */
  String OTHER = "__other__";

  /**
   * Meters without any series.
   *
   * @param cardinalityLimit how many series a family may have, at least 1; what exceeds it is
   *     folded into the one whose label values are all {@code __other__}
   * @param clock says when a series came into being and when it was last touched
   */
  static Meters create(int cardinalityLimit, Clock clock) {
    return new LiveMeters(cardinalityLimit, clock);
  }

  /**
   * The state of one series as it is saved.
   *
   * @param id identifies the series for as long as it lives
   * @param family the family's name as it is registered
   * @param labels the label values in the order of the family's label names
   * @param state what {@link #restore} makes the series of: text of the family's own form; empty
   *     when the series is gone, and then its saved state is to be deleted
   * @param stored whether an earlier {@link #changed} gave this id already
   * @param touchedAt when the series was last touched, in milliseconds since 1970; 0 where that was
   *     not saved, and then it counts as touched when it is restored
   */
  record SeriesState(
      long id, String family, List<String> labels, String state, boolean stored, long touchedAt) {

    /** Whether the series was removed. */
    public boolean gone() {
      return state.isEmpty();
    }
  }

  /** A family of counters; the name ends in {@code _total}. The same name gives the same family. */
  CounterFamily counter(String name, String help, String... labelNames);

  /** A family of gauges. */
  GaugeFamily gauge(String name, String help, String... labelNames);

  /** A family of histograms with these upper bounds, rising and without infinity. */
  HistogramFamily histogram(String name, String help, double[] bounds, String... labelNames);

  /**
   * Gives a family more label names, behind those that it has; its series have the empty value for
   * them, which to Prometheus is the same series. A saved series with fewer values than its family
   * has names is read as one of before. Called by the only thread that updates the family, inside
   * {@link #alone}.
   */
  void widen(String name, List<String> moreLabelNames);

  /**
   * Forgets a family and its series, if there is one; its name is free again. What is saved of them
   * stays. Called before a {@link #restore}, for a family whose registration was not saved.
   */
  void forget(String name);

  /**
   * Registers something that is computed at each scrape, quickly: nothing is committed meanwhile.
   *
   * @param name as it is scraped, such as {@code busyhour_build_info}
   * @param snapshot of that name; null where there is nothing to show
   */
  void computed(String name, Supplier<MetricSnapshot> snapshot);

  /**
   * Registers several families that are computed together at each scrape that wants one of them.
   *
   * @param names as they are scraped
   * @param snapshots of some or all of those names
   */
  void computed(Set<String> names, Supplier<List<MetricSnapshot>> snapshots);

  /** Runs a change that no scrape sees the middle of; no other such change runs meanwhile. */
  void alone(Runnable change);

  /**
   * The series that changed since this was last called; the caller saves them. Called inside {@link
   * #alone}, so that no half of somebody's change is saved.
   */
  List<SeriesState> changed();

  /**
   * Drops the series that nothing has touched since these times; {@link #changed} gives them as
   * gone. One that comes back is a new one: it was created then, and counts from 0. Kept are series
   * without labels, those of which {@link CounterFamily#keep} said so, and that of the others as
   * long as its family has any. Called inside {@link #alone}.
   *
   * @param gaugesBefore for gauges
   * @param countersBefore for counters and histograms
   */
  void dropIdle(Instant gaugesBefore, Instant countersBefore);

  /**
   * Replaces all series of all families by these; those of families that are not registered yet are
   * kept aside until they are.
   *
   * @throws IllegalArgumentException when a state cannot be read; nothing is replaced then
   */
  void restore(Iterable<SeriesState> states);

  /** The present values of all families whose name is wanted, as of one moment. */
  default MetricSnapshots snapshots(Predicate<String> wanted) {
    return snapshots(wanted, true);
  }

  /**
   * The present values of all families whose name is wanted, as of one moment.
   *
   * @param natively whether histograms have their native buckets too, which only the protobuf
   *     format can carry
   */
  MetricSnapshots snapshots(Predicate<String> wanted, boolean natively);

  /** Counts; null label values are written as empty. */
  interface CounterFamily {
    /** Adds to one series, which comes into being if there is none. */
    void add(long count, String... labelValues);

    /** Adds to one series and remembers what was counted as exemplar. */
    void add(long count, Exemplar exemplar, String... labelValues);

    /** Adds an exact decimal amount, not below 0. */
    void add(BigDecimal amount, String... labelValues);

    /**
     * Brings a series into being at 0, so that its first increment is seen by rate(); one that is
     * there is not idle.
     */
    void touch(String... labelValues);

    /** Does so for a series of a closed set, which is never dropped as idle. */
    void keep(String... labelValues);
  }

  /**
   * Values that go up and down. What would exceed the limit is left out: unlike counts, values of
   * different series cannot be folded into one that means something.
   */
  interface GaugeFamily {
    /** Sets one series to what is known now. */
    void set(double value, String... labelValues);

    /**
     * Sets one series to what a statement says, unless a later one was heard already: of statements
     * that come in any order, the one of the highest rank stands, and of equal ranks the greater
     * value.
     *
     * @param rank when the statement was made, such as microseconds since 1970
     */
    void set(double value, long rank, String... labelValues);

    /** Adds to one series what it goes up, or down if that is below 0; a new one is at 0 before. */
    void add(double change, String... labelValues);

    /** Something was heard of what a series is about: if there is one, it is not idle. */
    void heardOf(String... labelValues);

    /** Removes one series. */
    void remove(String... labelValues);

    /** The label values of the series that there are now. */
    Set<List<String>> labels();
  }

  /** Distributions, in classic buckets and natively; sums are exact decimals. */
  interface HistogramFamily {
    /** Observes a finite value. */
    void observe(double value, String... labelValues);

    /** Observes a finite value and remembers whose it was as exemplar, such as call_id. */
    void observe(double value, Exemplar exemplar, String... labelValues);

    /**
     * Observes many finite values at once.
     *
     * @param values the different ones
     * @param times how often each was observed, not below 0, in the same order
     * @param sum what all of them come to; where the values are rounded, still exact
     */
    void observe(double[] values, long[] times, BigDecimal sum, String... labelValues);

    /** Brings a series into being; one that is there is not idle. */
    void touch(String... labelValues);

    /** Does so for a series of a closed set, which is never dropped as idle. */
    void keep(String... labelValues);
  }

  /**
   * Whose a value was.
   *
   * @param label such as {@code call_id}
   * @param value together with the label at most 128 characters, or it is left out
   * @param at when
   */
  record Exemplar(String label, String value, Instant at) {
    /** Checks the label. */
    public Exemplar {
      Names.checkExemplarLabel(label);
    }
  }
}
