package io.busyhour.receive.statsd;

import io.busyhour.event.field.Field;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads one line of StatsD, {@code name:value|type|@rate}, with what others added to it: several
 * samples behind one name ({@code a:1|c:2|c}), DogStatsD's tags, packed values, container id,
 * origin, cardinality and timestamp (protocol 1.1 to 1.3), and the tags in names of {@link
 * TaggedName}. A line is taken as a whole or refused as a whole. For one use.
 */
final class LineReader {
  /** The longest line, in bytes. */
  static final int LONGEST = 8 * 1024;

  private static final int MOST_SECTIONS = 8;

  private final Tags tags = new Tags();
  private final List<Sample> samples = new ArrayList<>(2);
  private final Cursor parts;
  private BigDecimal rate = BigDecimal.ONE;

  private LineReader(String behindTheName) {
    parts = new Cursor(behindTheName);
  }

  /**
   * Reads the line that stands between two places.
   *
   * @throws Refusal that says why it cannot be taken
   */
  static Line read(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      throw new Refusal(Reason.TOO_LARGE, "A line has more than %d bytes.".formatted(LONGEST));
    }
    String line = text(bytes, from, to);
    if (!Field.isPlain(line)) {
      throw new Refusal(Reason.INVALID_VALUE, "The line has control characters in it.");
    }
    if (line.startsWith("_e{") || line.startsWith("_sc|")) {
      return Line.NO_METRIC;
    }
    return read(line);
  }

  private static String text(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return decoded(ByteBuffer.wrap(bytes, from, to - from));
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String decoded(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(Reason.INVALID_UTF8, "The line is no UTF-8 (RFC 3629).");
    }
  }

  private static Line read(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new Refusal(
          Reason.MALFORMED_LINE, "The line has no name or no value (expected: name:value|type).");
    }
    LineReader reader = new LineReader(line.substring(colon + 1));
    String name = TaggedName.read(line.substring(0, colon), reader.tags);
    if (!reader.tags.isEmpty() && line.indexOf("|#", colon) >= 0) {
      throw TaggedName.mixed();
    }
    reader.readSamples();
    return new Line(name, Map.copyOf(reader.tags.all()), List.copyOf(reader.samples));
  }

  /** What stands between bars; a colon may end a part, and another sample begins behind it. */
  private static final class Cursor {
    private final String text;
    private int at;
    private boolean more = true;

    Cursor(String text) {
      this.text = text;
    }

    boolean hasMore() {
      return more;
    }

    String next() {
      int bar = text.indexOf('|', at);
      String part = text.substring(at, bar < 0 ? text.length() : bar);
      more = bar >= 0;
      at = bar + 1;
      return part;
    }
  }

  private void readSamples() {
    for (String values = parts.next(); values != null; ) {
      if (!parts.hasMore()) {
        throw new Refusal(
            Reason.MALFORMED_LINE, "A value has no type (expected: name:value|type).");
      }
      String type = parts.next();
      int colon = type.indexOf(':');
      String following = colon < 0 ? null : type.substring(colon + 1);
      type = colon < 0 ? type : type.substring(0, colon);
      rate = BigDecimal.ONE;
      for (int n = 0; following == null && parts.hasMore(); n++) {
        if (n == MOST_SECTIONS) {
          throw unknown("more");
        }
        following = section(parts.next());
      }
      addAll(values, type);
      values = following;
    }
  }

  /** Reads what stands behind a type; gives the value of another sample that begins in it. */
  private String section(String section) {
    if (section.startsWith("@")) {
      int colon = section.indexOf(':');
      rate = Amounts.rate(section.substring(1, colon < 0 ? section.length() : colon));
      return colon < 0 ? null : section.substring(colon + 1);
    }
    if (section.startsWith("#")) {
      tags.add(section.substring(1), ':');
    } else if (section.startsWith("c:")) {
      // An id is not a label: each deployment brings new ones.
      if (section.length() == "c:".length()) {
        throw unknown(section);
      }
    } else if (!section.startsWith("T")
        && !section.startsWith("e:")
        && !section.startsWith("card:")) {
      throw unknown(section);
    }
    return null;
  }

  private static Refusal unknown(String section) {
    return new Refusal(
        Reason.MALFORMED_LINE,
        "section: %s (expected: @rate, #tags, c:container, e:origin, card:level or Ttime)"
            .formatted(Quoted.of(section)));
  }

  private void addAll(String values, String type) {
    if (values.indexOf(':') < 0) {
      samples.add(sample(values, type.strip()));
      return;
    }
    if (!type.equals("ms") && !type.equals("h") && !type.equals("d")) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "type: %s (expected: ms, h or d where there are several values)"
              .formatted(Quoted.of(type)));
    }
    for (String value : values.split(":", -1)) {
      samples.add(sample(value, type));
    }
  }

  private Sample sample(String value, String type) {
    return switch (type) {
      case "c" -> new Sample.Count(count(value));
      case "g" -> gauge(value);
      case "ms", "h", "d" -> duration(value);
      case "s" -> new Sample.Member(value);
      default ->
          throw new Refusal(
              Reason.UNKNOWN_TYPE,
              "type: %s (expected: c, g, ms, h, d or s)".formatted(Quoted.of(type)));
    };
  }

  private BigDecimal count(String value) {
    // Where etsy's StatsD began, a counter without a number counted one.
    BigDecimal amount = value.isEmpty() ? BigDecimal.ONE : Amounts.read(value);
    return Amounts.within(Amounts.scaled(amount, rate), Amounts.MOST);
  }

  private static Sample gauge(String value) {
    BigDecimal number = Amounts.read(present(value));
    boolean signed = value.charAt(0) == '+' || value.charAt(0) == '-';
    return signed
        ? new Sample.Change(Amounts.around(number, Amounts.MOST))
        : new Sample.Level(Amounts.within(number, Amounts.MOST_LEVEL));
  }

  private Sample duration(String value) {
    BigDecimal number = Amounts.read(present(value));
    long times = Amounts.times(rate);
    Amounts.within(number.multiply(BigDecimal.valueOf(times)), Amounts.MOST);
    return new Sample.Duration(number, times);
  }

  private static String present(String value) {
    if (value.isEmpty()) {
      throw new Refusal(Reason.MISSING_FIELD, "A sample has no value (expected: a number).");
    }
    return value;
  }
}
