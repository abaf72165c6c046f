package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.terminal.Table;
import java.util.Locale;

/** Figures as people read them; one that is not known is a dash. */
final class Shown {
  private static final String UNKNOWN = "-";

  private Shown() {}

  static String number(JsonNode number) {
    return number.isNumber() ? String.format(Locale.ROOT, "%,d", number.asLong()) : UNKNOWN;
  }

  static String percent(JsonNode percent) {
    return percent.isNumber() ? percent.asText() + " %" : UNKNOWN;
  }

  static String seconds(JsonNode seconds) {
    return seconds.isNumber() ? Table.clock(seconds) : UNKNOWN;
  }

  static String plain(JsonNode value) {
    return value.isNumber() ? value.asText() : UNKNOWN;
  }

  /** How much more than before, as in +15.2 %. */
  static String change(JsonNode delta, String unit) {
    if (!delta.isNumber()) {
      return "";
    }
    return (delta.asDouble() < 0 ? "" : "+") + delta.asText() + unit;
  }

  /** A bar of at most so many characters; what is there at all has one. */
  static String bar(long count, long most, int width) {
    long length = most == 0 ? 0 : Math.ceilDiv(count * width, most);
    return "#".repeat((int) length) + " ".repeat((int) (width - length));
  }
}
