package io.busyhour.event;

import io.busyhour.event.field.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What StatsD's lines came to in one flush interval, a statement for each metric with its tags.
 * Only the door makes these; nobody can send them.
 */
public sealed interface StatsdEvent extends Event {
  /** The longest name of a metric, of a tag and of a tag's value, in characters. */
  int LONGEST = 128;

  /** The most tags of a metric. */
  int MOST_TAGS = 32;

  /** The most different values of a timer, in one statement. */
  int MOST_VALUES = 100_000;

  /**
   * Whom a statement is about.
   *
   * @param name as it was sent
   * @param tags their values by their names, both as they were sent but for phone numbers
   * @param samples how many samples the statement is made of
   */
  record Metric(String name, Map<String, String> tags, Long samples) {
    /** Keeps the tags from changing. */
    public Metric {
      tags = Map.copyOf(tags);
    }

    private static Metric read(Fields f) {
      return new Metric(
          f.need("name").id(),
          f.maybe("tags").texts(MOST_TAGS, LONGEST),
          f.need("samples").whole(1, Long.MAX_VALUE));
    }
  }

  /** {@code statsd.counted}: a counter rises by an amount. */
  record Counted(Metric metric, BigDecimal amount) implements StatsdEvent {
    static Counted read(Fields f) {
      return new Counted(Metric.read(f), f.need("amount").decimal(0, Long.MAX_VALUE));
    }

    @Override
    public EventType type() {
      return EventType.STATSD_COUNTED;
    }
  }

  /** {@code statsd.gauge_set}: a gauge has a value, whatever it had before. */
  record GaugeSet(Metric metric, BigDecimal value) implements StatsdEvent {
    static GaugeSet read(Fields f) {
      return new GaugeSet(Metric.read(f), f.need("value").decimal(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Override
    public EventType type() {
      return EventType.STATSD_GAUGE_SET;
    }
  }

  /** {@code statsd.gauge_changed}: a gauge goes up or down from what it was. */
  record GaugeChanged(Metric metric, BigDecimal change) implements StatsdEvent {
    static GaugeChanged read(Fields f) {
      return new GaugeChanged(
          Metric.read(f), f.need("change").decimal(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Override
    public EventType type() {
      return EventType.STATSD_GAUGE_CHANGED;
    }
  }

  /**
   * {@code statsd.timed}: durations.
   *
   * @param seconds the different ones
   * @param times how often each was measured, in the same order
   * @param sum of all, exactly: the values may be rounded up
   */
  record Timed(Metric metric, List<BigDecimal> seconds, List<Long> times, BigDecimal sum)
      implements StatsdEvent {
    /** Keeps the lists from changing. */
    public Timed {
      seconds = List.copyOf(seconds);
      times = List.copyOf(times);
    }

    static Timed read(Fields f) {
      return new Timed(
          Metric.read(f),
          f.need("seconds").each(MOST_VALUES, field -> field.decimal(0, Long.MAX_VALUE)),
          f.need("times").each(MOST_VALUES, field -> field.whole(1, Long.MAX_VALUE)),
          f.need("sum").decimal(0, Long.MAX_VALUE));
    }

    @Override
    public EventType type() {
      return EventType.STATSD_TIMED;
    }
  }

  /** {@code statsd.set}: so many different members were named. */
  record Unique(Metric metric, Long members) implements StatsdEvent {
    static Unique read(Fields f) {
      return new Unique(Metric.read(f), f.need("members").whole(1, Long.MAX_VALUE));
    }

    @Override
    public EventType type() {
      return EventType.STATSD_SET;
    }
  }

  /** {@code statsd.ignored}: events and service checks came, which are no metrics. */
  record Ignored(Long samples) implements StatsdEvent {
    static Ignored read(Fields f) {
      return new Ignored(f.need("samples").whole(1, Long.MAX_VALUE));
    }

    @Override
    public EventType type() {
      return EventType.STATSD_IGNORED;
    }
  }
}
