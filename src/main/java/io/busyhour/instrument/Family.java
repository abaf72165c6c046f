package io.busyhour.instrument;

import io.busyhour.instrument.Meters.SeriesState;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One family and its series, of which there are at most so many: the cardinality governor is here.
 * Each series is guarded by itself, the set of series by the family.
 */
abstract class Family<S extends Series> {
  /** Every label value of the series that what exceeds the limit is folded into. */
  static final String OTHER = Meters.OTHER;

  /**
   * What a family needs of the meters it belongs to.
   *
   * @param ids gives each new series its own
   * @param clock tells when series come into being and are touched
   * @param changed is told of each series that has a state to be saved
   * @param folded is told of each update that exceeded a family's limit
   */
  record Surroundings(
      LongSupplier ids, RoughClock clock, Consumer<Series> changed, Consumer<String> folded) {}

  final String name;
  List<String> labelNames;
  private final String help;
  String[] namesAsArray;
  private final MetricMetadata metadata;
  private final int limit;
  final Surroundings around;
  private LabelValues other;
  private volatile Set<LabelValues> neverIdle = ConcurrentHashMap.newKeySet();

  private volatile Map<LabelValues, S> known = new ConcurrentHashMap<>();
  private List<S> ordered = List.of();
  private List<S> added = new ArrayList<>();
  private boolean unordered;

  Family(String name, String help, List<String> labelNames, int limit, Surroundings around) {
    Names.checkHelp(name, help);
    Names.checkLabels(name, labelNames);
    this.name = name;
    this.help = help;
    this.labelNames = List.copyOf(labelNames);
    this.namesAsArray = labelNames.toArray(String[]::new);
    this.metadata = Names.metadata(name, help);
    this.limit = limit;
    this.around = around;
    this.other = others(labelNames.size());
  }

  private static LabelValues others(int size) {
    String[] others = new String[size];
    Arrays.fill(others, OTHER);
    return new LabelValues(others);
  }

  /** Gives it more label names; inside {@link Meters#alone}, by the one who updates it. */
  final synchronized void widen(List<String> more) {
    List<String> names = Stream.concat(labelNames.stream(), more.stream()).toList();
    Names.checkLabels(name, names);
    Map<LabelValues, S> wider = new ConcurrentHashMap<>();
    for (S series : known.values()) {
      series.widen(widened(series.values(), names.size()));
      wider.put(series.values(), series);
    }
    Set<LabelValues> kept = ConcurrentHashMap.newKeySet();
    neverIdle.forEach(values -> kept.add(widened(values, names.size())));
    labelNames = names;
    namesAsArray = names.toArray(String[]::new);
    other = others(names.size());
    neverIdle = kept;
    known = wider;
    unordered = true;
  }

  /** Values for more label names: empty, but the others stay the others. */
  private static LabelValues widened(LabelValues values, int size) {
    boolean folded = values.size() > 0 && values.equals(others(values.size()));
    return folded ? others(size) : new LabelValues(Arrays.copyOf(values.array(), size)).kept();
  }

  /** Nothing that is in it is changed or saved any more. */
  final synchronized void forget() {
    known.values().forEach(Series::forget);
    known = new ConcurrentHashMap<>();
  }

  abstract S create(long id, LabelValues values, long created);

  /** Reads what {@link Series#text} wrote behind the time of creation. */
  abstract S read(long id, LabelValues values, long created, String[] parts);

  abstract MetricSnapshot shown(MetricMetadata metadata, List<S> series, boolean natively);

  /** Whether updates over the limit can be added to one series without a loss of meaning. */
  boolean folds() {
    return true;
  }

  /** What must be the same when a name is registered again. */
  String signature() {
    return getClass().getSimpleName() + labelNames;
  }

  final String help() {
    return help;
  }

  final int size() {
    return known.size();
  }

  final int limit() {
    return limit;
  }

  final Set<List<String>> labelSets() {
    return known.keySet().stream().map(LabelValues::list).collect(Collectors.toUnmodifiableSet());
  }

  /** Changes one series, which comes into being if there is room for it. */
  final void update(String[] labelValues, Consumer<? super S> change) {
    for (S series = series(labelValues); series != null; series = series(labelValues)) {
      synchronized (series) {
        if (!series.isGone()) {
          change.accept(series);
          series.touched();
          return;
        }
      }
    }
  }

  /** Brings a series into being, if there is room for it; nothing is counted by that. */
  final void bring(String... labelValues) {
    boolean there = false;
    while (!there) {
      S series = known.get(new LabelValues(labelValues));
      there = (series != null ? series : admit(labelValues, false)).spokenOf();
    }
  }

  /** Says that a series is not idle, if there is one. */
  final void mention(String... labelValues) {
    S series = known.get(new LabelValues(labelValues));
    if (series != null) {
      series.spokenOf();
    }
  }

  /** Brings a series into being that is never dropped as idle. */
  final void bringForGood(String... labelValues) {
    neverIdle.add(new LabelValues(labelValues).kept());
    bring(labelValues);
  }

  private S series(String[] labelValues) {
    S series = known.get(new LabelValues(labelValues));
    return series != null ? series : admit(labelValues, true);
  }

  private S admit(String[] given, boolean isUpdate) {
    if (given.length != labelNames.size()) {
      throw new IllegalArgumentException(
          "label values of %s: %s (expected: one each for %s)"
              .formatted(name, Arrays.toString(given), labelNames));
    }
    S series;
    boolean fold;
    synchronized (this) {
      LabelValues values = new LabelValues(given).kept();
      series = known.get(values);
      // The last place is kept for the others.
      fold = series == null && !values.equals(other) && ownSize() >= limit - 1;
      if (fold) {
        series = folds() ? known.get(other) : null;
      }
      if (series == null && (!fold || folds())) {
        series = enter(create(around.ids.getAsLong(), fold ? other : values, now()));
      }
    }
    if (fold && isUpdate) {
      around.folded.accept(name);
    }
    return series;
  }

  private int ownSize() {
    return labelNames.isEmpty() ? -1 : known.size() - (known.containsKey(other) ? 1 : 0);
  }

  private long now() {
    return around.clock.now();
  }

  private S enter(S series) {
    known.put(series.values(), series);
    added.add(series);
    return series;
  }

  final void drop(String[] labelValues) {
    synchronized (this) {
      S series = known.remove(new LabelValues(labelValues));
      if (series == null) {
        return;
      }
      unordered = true;
      series.remove();
    }
  }

  /**
   * Drops the series that were touched last before a time, in milliseconds. That of the others
   * stays as long as there are any: what is folded into it is not known to be idle.
   */
  final synchronized void dropIdle(long before) {
    if (labelNames.isEmpty()) {
      return;
    }
    for (S series : known.values()) {
      if (!series.values().equals(other)) {
        dropIdle(series, before);
      }
    }
    S folded = known.get(other);
    if (folded != null && known.size() == 1) {
      dropIdle(folded, before);
    }
    ordered(); // lets go of those that are gone, whether or not anybody scrapes
  }

  private void dropIdle(S series, long before) {
    if (!neverIdle.contains(series.values()) && series.removeIfIdle(before)) {
      known.remove(series.values());
      unordered = true;
    }
  }

  private S read(SeriesState state) {
    try {
      if (state.labels().size() > labelNames.size()) {
        throw new IllegalArgumentException("labels (expected: one each for " + labelNames + ")");
      }
      String[] parts = state.state().split(";", -1);
      if (!parts[0].equals(form())) {
        throw new IllegalArgumentException(
            "form \"" + parts[0] + "\" (expected: \"" + form() + "\")");
      }
      LabelValues values = new LabelValues(state.labels().toArray(String[]::new)).kept();
      if (values.size() < labelNames.size()) {
        values = widened(values, labelNames.size());
      }
      return read(state.id(), values, Long.parseLong(parts[1]), parts);
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "state of series %d of %s %s: \"%s\" cannot be read: %s"
              .formatted(state.id(), name, state.labels(), state.state(), e.getMessage()),
          e);
    }
  }

  /** The first part of every state: its version, and the kind of family. */
  final String form() {
    return "1" + Character.toLowerCase(getClass().getSimpleName().charAt(0));
  }

  /** Reads these states; what is given puts them in place of all series there are. */
  final Runnable replacement(List<SeriesState> states) {
    Map<LabelValues, S> replaced = LinkedHashMap.newLinkedHashMap(states.size());
    for (SeriesState state : states) {
      S one = read(state);
      one.restored(state.touchedAt());
      S twin = replaced.put(one.values(), one);
      if (twin != null) {
        throw new IllegalArgumentException(
            "states of %s: %d and %d are of the same series %s (expected: one of each)"
                .formatted(name, twin.id, one.id, one.values()));
      }
    }
    return () -> replace(replaced);
  }

  private synchronized void replace(Map<LabelValues, S> replaced) {
    known.values().forEach(Series::forget);
    known = new ConcurrentHashMap<>(replaced);
    ordered = List.of();
    added = new ArrayList<>(replaced.values());
    unordered = false;
    begin();
  }

  /** A family without labels is one series, there from the start; a gauge waits for its value. */
  final synchronized void begin() {
    if (labelNames.isEmpty() && folds() && known.isEmpty()) {
      enter(create(around.ids.getAsLong(), other, now())).touched();
    }
  }

  final MetricSnapshot snapshot(boolean natively) {
    return shown(metadata, ordered(), natively);
  }

  /** Sorted as the library sorts, which is quick for what is nearly in order already. */
  private synchronized List<S> ordered() {
    if (!added.isEmpty() || unordered) {
      List<S> next = new ArrayList<>(ordered.size() + added.size());
      next.addAll(ordered);
      next.addAll(added);
      if (unordered) {
        next.removeIf(series -> known.get(series.values()) != series);
      }
      next.sort(Comparator.comparing(Series::labels));
      ordered = List.copyOf(next);
      added = new ArrayList<>();
      unordered = false;
    }
    return ordered;
  }
}
