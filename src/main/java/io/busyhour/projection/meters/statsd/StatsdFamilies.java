package io.busyhour.projection.meters.statsd;

import io.busyhour.event.StatsdEvent.Metric;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.projection.Fold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The families of StatsD's metrics: each is registered when it is first heard of, is widened when
 * it has a tag that is new to it, and is there again after a restart. As a fold it stands before
 * what restores the series, for it registers the families that they belong to.
 */
public final class StatsdFamilies implements Fold {
  private static final double[] SECONDS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
  };

  private final Meters meters;
  private final Definitions definitions;
  private final Map<String, CounterFamily> counters = new HashMap<>();
  private final Map<String, GaugeFamily> gauges = new HashMap<>();
  private final Map<String, HistogramFamily> timers = new HashMap<>();

  /**
   * @param most how many families there may be
   */
  public StatsdFamilies(Meters meters, int most) {
    this.meters = meters;
    definitions = new Definitions(most);
  }

  /**
   * Where a statement belongs.
   *
   * @param family its name
   * @param values those of the family's labels, in their order
   * @param droppedTags how many tags the family has no room for
   */
  record Place(String family, List<String> values, int droppedTags) {
    String[] labels() {
      return values.toArray(String[]::new);
    }
  }

  /** Finds the place of a metric, or makes it; null where there is no room for its family. */
  Place place(Kind kind, Metric metric) {
    Definition family = definitions.find(kind, metric);
    if (family == null) {
      return null;
    }
    Map<String, String> labels = Definitions.labels(metric);
    boolean isNew = !family.isRegistered();
    List<String> more = family.widen(labels.keySet());
    if (isNew) {
      register(family);
    } else if (!more.isEmpty()) {
      meters.widen(family.name, more);
    }
    List<String> values =
        family.labels().stream().map(label -> labels.getOrDefault(label, "")).toList();
    labels.keySet().removeAll(Set.copyOf(family.labels()));
    return new Place(family.name, values, labels.size());
  }

  CounterFamily counter(Place place) {
    return counters.get(place.family());
  }

  GaugeFamily gauge(Place place) {
    return gauges.get(place.family());
  }

  HistogramFamily timer(Place place) {
    return timers.get(place.family());
  }

  private void register(Definition family) {
    String name = family.name;
    String[] labels = family.labels().toArray(String[]::new);
    switch (family.kind) {
      case COUNTER -> counters.put(name, meters.counter(name, "A StatsD counter.", labels));
      case GAUGE -> gauges.put(name, meters.gauge(name, "A StatsD gauge.", labels));
      case SET ->
          gauges.put(name, meters.gauge(name, "Different members of a StatsD set.", labels));
      case TIMER -> timers.put(name, meters.histogram(name, "A StatsD timer.", SECONDS, labels));
    }
    family.registered();
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    definitions.save(transaction);
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    definitions.all().forEach(family -> meters.forget(family.name));
    counters.clear();
    gauges.clear();
    timers.clear();
    definitions.restore(transaction);
    definitions.all().forEach(this::register);
  }
}
