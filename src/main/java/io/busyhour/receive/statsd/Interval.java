package io.busyhour.receive.statsd;

import io.busyhour.event.Occurrence;
import io.busyhour.event.StatsdEvent;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the lines of one flush interval have come to. It remembers so much and no more: a metric
 * with its tags counts for one, and so does each different value of a timer and each member of a
 * set. Not for several threads.
 */
final class Interval {
  /** How much is remembered by default, in tens of megabytes at the most. */
  static final int ROOM = 100_000;

  private enum Kind {
    COUNTER,
    GAUGE,
    TIMER,
    SET
  }

  private record Key(Kind kind, String name, Map<String, String> tags) {
    static Key of(Line line, Sample sample) {
      Kind kind =
          switch (sample) {
            case Sample.Count c -> Kind.COUNTER;
            case Sample.Level l -> Kind.GAUGE;
            case Sample.Change c -> Kind.GAUGE;
            case Sample.Duration d -> Kind.TIMER;
            case Sample.Member m -> Kind.SET;
          };
      return new Key(kind, line.name(), line.tags());
    }

    Total newTotal() {
      return switch (kind) {
        case COUNTER -> new Total.Counter(name, tags);
        case GAUGE -> new Total.Gauge(name, tags);
        case TIMER -> new Durations(name, tags);
        case SET -> new Total.Members(name, tags);
      };
    }
  }

  private final int room;
  private final Map<Key, Total> totals = new LinkedHashMap<>();
  private int used;
  private long ignored;

  Interval(int room) {
    this.room = room;
  }

  /**
   * Takes a line, all of it.
   *
   * @throws Refusal when there is no room for it, and nothing of it is taken
   */
  void add(Line line) {
    if (line.samples().isEmpty()) {
      ignored++;
      return;
    }
    if (used + growth(line) > room) {
      throw new Refusal(
          Reason.OVERLOADED, "More different metrics and values came than can be remembered.");
    }
    for (Sample sample : line.samples()) {
      Key key = Key.of(line, sample);
      Total total = totals.get(key);
      if (total == null) {
        total = key.newTotal();
        totals.put(key, total);
        used++;
      }
      used += total.add(sample);
    }
  }

  /** At least so much more would be remembered; what comes twice in the line counts twice. */
  private int growth(Line line) {
    int growth = 0;
    for (Sample sample : line.samples()) {
      Total total = totals.get(Key.of(line, sample));
      growth += total == null ? 2 : total.growth(sample);
    }
    return growth;
  }

  boolean isEmpty() {
    return totals.isEmpty() && ignored == 0;
  }

  /** How many samples are in it. */
  long samples() {
    return ignored + totals.values().stream().mapToLong(Total::samples).sum();
  }

  /** A statement for each metric, in the order in which they came. */
  List<Occurrence> occurrences(Instant time) {
    List<Occurrence> all = new ArrayList<>(totals.size() + 1);
    totals.values().forEach(total -> all.add(Occurrence.of(time, total.statement())));
    if (ignored > 0) {
      all.add(Occurrence.of(time, new StatsdEvent.Ignored(ignored)));
    }
    return all;
  }
}
