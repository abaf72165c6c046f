package io.busyhour.instrument;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** The meters of this process, in memory. */
final class LiveMeters implements Meters {
  private static final String OVERFLOW = "busyhour_cardinality_overflow_total";

  private final int limit;
  private final RoughClock clock;
  private final Family.Surroundings around;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Family<?>> families = new ConcurrentSkipListMap<>();
  private final List<Computed> computed = new CopyOnWriteArrayList<>();
  private final Map<String, String> namesByModel = new HashMap<>();
  private final Map<String, List<SeriesState>> aside = new HashMap<>();

  /** Fair: neither a busy runner nor a busy scraper keeps the other waiting. */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

  private final Object queue = new Object();
  private List<Series> changed = new ArrayList<>();
  private List<SeriesState> gone = new ArrayList<>();

  LiveMeters(int limit, Clock clock) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "cardinality limit: " + limit + " (expected: 1 or more series for a family)");
    }
    this.limit = limit;
    this.clock = new RoughClock(clock);
    // What governs is not governed: it has one series for each family of the program.
    Family.Surroundings ungoverned =
        new Family.Surroundings(ids::incrementAndGet, this.clock, this::enqueue, family -> {});
    Counters overflow =
        new Counters(
            OVERFLOW,
            "Updates of series that exceeded the limit and were folded, or of gauges left out.",
            List.of("family"),
            Integer.MAX_VALUE,
            ungoverned);
    register(OVERFLOW, () -> overflow);
    this.around =
        new Family.Surroundings(
            ids::incrementAndGet, this.clock, this::enqueue, name -> overflow.add(1, name));
    computed(
        "busyhour_series",
        () -> ofFamilies("busyhour_series", "Series of a family.", Family::size));
    computed(
        "busyhour_cardinality_limit",
        () ->
            ofFamilies(
                "busyhour_cardinality_limit",
                "Series that a family may have; what exceeds them is folded.",
                Family::limit));
  }

  private void enqueue(Series series) {
    synchronized (queue) {
      changed.add(series);
    }
  }

  @Override
  public CounterFamily counter(String name, String help, String... labels) {
    return register(name, () -> new Counters(name, help, List.of(labels), limit, around));
  }

  @Override
  public GaugeFamily gauge(String name, String help, String... labels) {
    return register(name, () -> new Gauges(name, help, List.of(labels), limit, around));
  }

  @Override
  public HistogramFamily histogram(String name, String help, double[] bounds, String... labels) {
    return register(name, () -> new Histograms(name, help, bounds, List.of(labels), limit, around));
  }

  @SuppressWarnings("unchecked") // the same signature is of the same class
  private <F extends Family<?>> F register(String name, Supplier<F> creation) {
    synchronized (namesByModel) {
      F made = creation.get();
      Family<?> known = families.get(name);
      if (known != null) {
        checkSame(known, made);
        return (F) known;
      }
      checkFree(name);
      resume(made);
      made.begin();
      namesByModel.put(Names.modelName(name), name);
      families.put(name, made);
      return made;
    }
  }

  @Override
  public void widen(String name, List<String> moreLabelNames) {
    Family<?> family = families.get(name);
    if (family == null) {
      throw new IllegalArgumentException(name + " is not registered (expected: a family)");
    }
    family.widen(moreLabelNames);
  }

  @Override
  public void forget(String name) {
    synchronized (namesByModel) {
      Family<?> family = families.remove(name);
      if (family != null) {
        namesByModel.remove(Names.modelName(name));
        family.forget();
      }
    }
  }

  private static void checkSame(Family<?> known, Family<?> made) {
    if (!known.signature().equals(made.signature())) {
      throw new IllegalArgumentException(
          "%s is registered as %s already (expected: the same again, not %s)"
              .formatted(known.name, known.signature(), made.signature()));
    }
  }

  private void checkFree(String name) {
    String taken = namesByModel.get(Names.modelName(name));
    if (taken != null) {
      throw new IllegalArgumentException(
          "%s and %s are the same name to OpenMetrics (expected: another name)"
              .formatted(name, taken));
    }
  }

  private void resume(Family<?> family) {
    List<SeriesState> states = aside.get(family.name);
    if (states != null) {
      family.replacement(states).run();
      aside.remove(family.name);
    }
  }

  @Override
  public void computed(String name, Supplier<MetricSnapshot> snapshot) {
    computed(
        Set.of(name),
        () -> {
          MetricSnapshot one = snapshot.get();
          return one == null ? List.of() : List.of(one);
        });
  }

  @Override
  public void computed(Set<String> names, Supplier<List<MetricSnapshot>> snapshots) {
    synchronized (namesByModel) {
      names.forEach(this::checkFree);
      names.forEach(name -> namesByModel.put(Names.modelName(name), name));
      computed.add(new Computed(names, snapshots));
    }
  }

  @Override
  public void alone(Runnable change) {
    lock.writeLock().lock();
    try {
      clock.read();
      change.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public List<SeriesState> changed() {
    List<Series> series;
    List<SeriesState> states;
    synchronized (queue) {
      series = changed;
      states = gone;
      changed = new ArrayList<>();
      gone = new ArrayList<>();
    }
    for (Series one : series) {
      SeriesState state = one.save();
      if (state != null) {
        states.add(state);
      }
    }
    return states;
  }

  @Override
  public void dropIdle(Instant gaugesBefore, Instant countersBefore) {
    long gauges = gaugesBefore.toEpochMilli();
    long counters = countersBefore.toEpochMilli();
    alone(
        () -> {
          for (Family<?> family : families.values()) {
            // What governs is of the program's families and not of anybody who may be idle.
            if (isGoverned(family)) {
              family.dropIdle(family.folds() ? counters : gauges);
            }
          }
        });
  }

  private static boolean isGoverned(Family<?> family) {
    return family.limit() < Integer.MAX_VALUE;
  }

  @Override
  public void restore(Iterable<SeriesState> states) {
    alone(
        () -> {
          synchronized (namesByModel) {
            replace(states);
          }
        });
  }

  private void replace(Iterable<SeriesState> states) {
    Map<String, List<SeriesState>> byFamily = new HashMap<>();
    long last = 0;
    for (SeriesState state : states) {
      last = Math.max(last, state.id());
      if (!state.gone()) {
        byFamily.computeIfAbsent(state.family(), name -> new ArrayList<>()).add(state);
      }
    }
    ids.accumulateAndGet(last, Math::max);
    List<Runnable> replacements = new ArrayList<>();
    for (Family<?> family : families.values()) {
      List<SeriesState> own = byFamily.remove(family.name);
      replacements.add(family.replacement(own == null ? List.of() : own));
    }
    synchronized (queue) {
      changed = new ArrayList<>();
      gone = new ArrayList<>();
    }
    replacements.forEach(Runnable::run);
    aside.clear();
    aside.putAll(byFamily);
  }

  @Override
  public MetricSnapshots snapshots(Predicate<String> wanted, boolean natively) {
    List<MetricSnapshot> shown = new ArrayList<>();
    lock.readLock().lock();
    try {
      families.forEach(
          (name, family) -> {
            if (wanted.test(name)) {
              shown.add(family.snapshot(natively));
            }
          });
      computed.forEach(group -> shown.addAll(group.snapshots(wanted)));
    } finally {
      lock.readLock().unlock();
    }
    return new MetricSnapshots(shown);
  }

  private MetricSnapshot ofFamilies(String name, String help, ToIntFunction<Family<?>> figure) {
    Function<Family<?>, GaugeDataPointSnapshot> point =
        family ->
            new GaugeDataPointSnapshot(
                figure.applyAsInt(family), Labels.of("family", family.name), null);
    return new GaugeSnapshot(
        Names.metadata(name, help),
        families.values().stream().filter(LiveMeters::isGoverned).map(point).toList());
  }
}
