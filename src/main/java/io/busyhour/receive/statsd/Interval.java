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
 * counts for one, for several if it has a long name or many tags, and so does each different value
 * of a timer and each member of a set. Not for several threads.
 */
final class Interval {
  /** How much is remembered by default, in tens of megabytes at the most. */
  static final int ROOM = 100_000;

  /** What a metric may have for one; longer ones count for several. */
  private static final int CHARS = 200;

  /** What a tag needs besides its text. */
  private static final int CHARS_OF_A_TAG = 30;

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

    /** How much is remembered with it, to bound the memory that names and tags need. */
    int size() {
      int chars = name.length() + CHARS_OF_A_TAG * tags.size();
      for (Map.Entry<String, String> tag : tags.entrySet()) {
        chars += tag.getKey().length() + tag.getValue().length();
      }
      return 1 + chars / CHARS;
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
        used += key.size();
      }
      used += total.add(sample);
    }
  }

  /** At least so much more would be remembered; what comes twice in the line counts twice. */
  private int growth(Line line) {
    int growth = 0;
    for (Sample sample : line.samples()) {
      Key key = Key.of(line, sample);
      Total total = totals.get(key);
      growth += total == null ? key.size() + 1 : total.growth(sample);
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
