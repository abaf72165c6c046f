package io.busyhour.receive.librato;

import io.busyhour.http.Reason;
import io.busyhour.receive.librato.Measurement.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the measurements of one line after the other: {@code count#name=1}, {@code sample#name=2},
 * {@code measure#name=3ms} and l2met's older {@code measure.name=3}, any number in a line, and a
 * source for all of them. Most lines have none; those are passed over at the speed of memory. Not
 * for several threads.
 */
final class LineReader implements Logfmt.Pairs {
  private static final String SOURCE = "source";
  private static final String ROUTER = "router";
  private static final String LOGPLEX = "logplex";
  private static final String MESSAGES = " messages";
  private static final List<String> OF_THE_ROUTER = List.of("connect", "service", "bytes");
  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix(Kind.COUNT, "count#"),
          new Prefix(Kind.SAMPLE, "sample#"),
          new Prefix(Kind.MEASURE, "measure#"),
          new Prefix(Kind.MEASURE, "measure."));

  /** A value is a number and a unit; what is longer is neither. */
  private static final int LONGEST_VALUE = 64;

  private static final int LONGEST_SOURCE = 1024;

  /** More of one line are an attack on memory, not a measurement. */
  private static final int MOST_OF_A_LINE = 1000;

  private final byte[] body;
  private final Consumer<Reason> refused;
  private final List<Measurement> measurements = new ArrayList<>();
  private boolean measures;
  private boolean isRouter;
  private String source;

  private record Prefix(Kind kind, String text) {}

  /**
   * Reads lines of a body.
   *
   * @param refused is told of each measurement that cannot be read, and once of each line of which
   *     none can
   */
  LineReader(byte[] body, Consumer<Reason> refused) {
    this.body = body;
    this.refused = refused;
  }

  /** The measurements of a message, which are there until the next one is read. */
  List<Measurement> read(Message message) {
    measurements.clear();
    measures = false;
    source = null;
    isRouter = is(body, message.process().from(), message.process().to(), ROUTER);
    if (is(body, message.process().from(), message.process().to(), LOGPLEX)) {
      readDrops(message);
    }
    if (measurements.isEmpty() && (isRouter || mayMeasure(message.from(), message.to()))) {
      scan(message);
    }
    return measurements;
  }

  /** The source of the message that was read last; empty if it has none. */
  String source() {
    return source == null ? "" : source;
  }

  private void scan(Message message) {
    boolean good = Logfmt.scan(body, message.from(), message.to(), this);
    if (!good) {
      measurements.clear();
      if (measures) {
        refused.accept(Reason.MALFORMED_LINE);
      }
    }
  }

  /** Whether one of the prefixes is anywhere in it. */
  private boolean mayMeasure(int from, int to) {
    for (int i = from; i < to; i++) {
      byte sign = body[i];
      if ((sign == '#' || sign == '.') && endsPrefix(from, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsPrefix(int from, int end) {
    for (Prefix prefix : PREFIXES) {
      int begin = end - prefix.text.length();
      if (begin >= from && is(body, begin, end, prefix.text)) {
        return true;
      }
    }
    return false;
  }

  /** Logplex itself says how much it had to drop: {@code ... : 500 messages dropped}. */
  private void readDrops(Message message) {
    int end = message.from() - 1;
    for (int i = message.from(); i < message.to() && end < message.from(); i++) {
      if (body[i] == ':') {
        end = endOfDrops(i + 1, message.to());
        if (end > i) {
          String dropped = text(body, i + 2, end, LONGEST_VALUE);
          measurements.add(new Measurement(Kind.COUNT, "logplex.l10", Amount.parse(dropped)));
        }
      }
    }
  }

  /** Where the number ends in {@code 500 messages}; -1 if that is not there. */
  private int endOfDrops(int from, int to) {
    int end = from + 1;
    while (end < to && Label.isDigit((char) body[end])) {
      end++;
    }
    int words = end + MESSAGES.length();
    boolean drops = words <= to && end > from + 1 && body[from] == ' ';
    return drops && is(body, end, words, MESSAGES) && end - from < LONGEST_VALUE ? end : -1;
  }

  @Override
  public void pair(byte[] line, int keyFrom, int keyTo, byte[] values, int valueFrom, int valueTo) {
    for (Prefix prefix : PREFIXES) {
      int name = keyFrom + prefix.text.length();
      if (name <= keyTo && is(line, keyFrom, name, prefix.text)) {
        measure(prefix.kind, text(line, name, keyTo, Label.LONGEST), values, valueFrom, valueTo);
        return;
      }
    }
    if (source == null && is(line, keyFrom, keyTo, SOURCE)) {
      source = text(values, valueFrom, valueTo, LONGEST_SOURCE);
    } else if (isRouter && OF_THE_ROUTER.stream().anyMatch(k -> is(line, keyFrom, keyTo, k))) {
      String name = "router." + text(line, keyFrom, keyTo, Label.LONGEST);
      measure(Kind.MEASURE, name, values, valueFrom, valueTo);
    }
  }

  private void measure(Kind kind, String name, byte[] values, int from, int to) {
    measures = true;
    String value = text(values, from, to, LONGEST_VALUE);
    Amount amount = value.length() > LONGEST_VALUE ? null : Amount.parse(value);
    if (name.isEmpty()) {
      refused.accept(Reason.MISSING_FIELD);
    } else if (amount == null) {
      refused.accept(Reason.INVALID_VALUE);
    } else if (measurements.size() == MOST_OF_A_LINE) {
      refused.accept(Reason.TOO_LARGE);
    } else {
      measurements.add(new Measurement(kind, name, amount));
    }
  }

  /** A text, of which no more is read than shows that it is too long. */
  private static String text(byte[] bytes, int from, int to, int most) {
    return new String(bytes, from, Math.min(to - from, most + 1), StandardCharsets.UTF_8);
  }

  /** Whether these bytes are a text of ASCII. */
  private static boolean is(byte[] bytes, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
