package io.busyhour.projection.meters.statsd;

import io.busyhour.event.Occurrence;
import io.busyhour.event.StatsdEvent;
import io.busyhour.event.StatsdEvent.Metric;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.meters.statsd.StatsdFamilies.Place;
import java.math.BigDecimal;
import java.sql.Connection;

/** Counts what StatsD's lines came to, in a family for each metric. */
public final class StatsdFold implements Fold {
  private static final String COUNTED = "counted";
  private static final String IGNORED = "ignored";
  private static final String OVERFLOW = "overflow";

  private final StatsdFamilies families;
  private final CounterFamily samples;
  private final CounterFamily droppedTags;

  /** Counts in these families. */
  public StatsdFold(Meters meters, StatsdFamilies families) {
    this.families = families;
    samples =
        meters.counter(
            "busyhour_statsd_samples_total",
            "StatsD samples: counted in a family, of no metric, or of one that has no room.",
            "result");
    droppedTags =
        meters.counter(
            "busyhour_statsd_dropped_tags_total",
            "Tags of StatsD samples that their family had no room for.");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    if (occurrence.event() instanceof StatsdEvent event) {
      on(event);
    }
  }

  private void on(StatsdEvent event) {
    switch (event) {
      case StatsdEvent.Counted e -> {
        Place place = place(Kind.COUNTER, e.metric());
        if (place != null) {
          families.counter(place).add(e.amount(), place.labels());
        }
      }
      case StatsdEvent.GaugeSet e -> {
        Place place = place(Kind.GAUGE, e.metric());
        if (place != null) {
          families.gauge(place).set(e.value().doubleValue(), place.labels());
        }
      }
      case StatsdEvent.GaugeChanged e -> {
        Place place = place(Kind.GAUGE, e.metric());
        if (place != null) {
          families.gauge(place).add(e.change().doubleValue(), place.labels());
        }
      }
      case StatsdEvent.Timed e -> {
        Place place = place(Kind.TIMER, e.metric());
        if (place != null) {
          time(e, place);
        }
      }
      case StatsdEvent.Unique e -> {
        Place place = place(Kind.SET, e.metric());
        if (place != null) {
          families.gauge(place).set((double) e.members(), place.labels());
        }
      }
      case StatsdEvent.Ignored e -> samples.add(e.samples(), IGNORED);
    }
  }

  private Place place(Kind kind, Metric metric) {
    Place place = families.place(kind, metric);
    samples.add(metric.samples(), place == null ? OVERFLOW : COUNTED);
    if (place != null && place.droppedTags() > 0) {
      droppedTags.add(place.droppedTags() * metric.samples());
    }
    return place;
  }

  private void time(StatsdEvent.Timed e, Place place) {
    double[] seconds = e.seconds().stream().mapToDouble(BigDecimal::doubleValue).toArray();
    long[] times = e.times().stream().mapToLong(Long::longValue).toArray();
    families.timer(place).observe(seconds, times, e.sum(), place.labels());
  }

  /** The series are there from the first moment, so that rate() sees their first increment. */
  @Override
  public void restore(Connection transaction) {
    samples.keep(COUNTED);
    samples.keep(IGNORED);
    samples.keep(OVERFLOW);
  }
}
