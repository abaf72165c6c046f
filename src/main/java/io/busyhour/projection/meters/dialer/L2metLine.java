package io.busyhour.projection.meters.dialer;

import io.busyhour.event.field.PhoneNumber;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines of l2met's log conventions: {@code source=a.b sample#name=12ms}. Dots separate the parts of
 * a source and of a name, and Librato takes letters, digits and few signs in them: whatever else a
 * part holds becomes an underscore, a part that is unknown a hyphen.
 */
final class L2metLine {
  private static final Pattern OTHER_CHARACTER = Pattern.compile("[^A-Za-z0-9:_-]");
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+\\d{7,}");
  private static final String UNKNOWN = "-";

  private L2metLine() {}

  /** How often something happened. */
  static String count(String source, String name) {
    return "source=" + source + " count#" + name + "=1";
  }

  /** How many there are now. */
  static String sample(String source, String name, long value) {
    return "source=" + source + " sample#" + name + "=" + value;
  }

  /** How long something took, to the microsecond; l2met reads no sign and no exponent. */
  static String sample(String source, String name, Duration value) {
    String millis =
        BigDecimal.valueOf(value.toNanos() / 1000, 3).stripTrailingZeros().toPlainString();
    return "source=" + source + " sample#" + name + "=" + millis + "ms";
  }

  /** Parts with dots between them. */
  static String dotted(String... parts) {
    return Arrays.stream(parts).map(L2metLine::part).collect(Collectors.joining("."));
  }

  private static String part(String text) {
    if (text == null || text.isEmpty()) {
      return UNKNOWN;
    }
    String shown = PHONE_NUMBER.matcher(text).matches() ? PhoneNumber.mask(text) : text;
    return OTHER_CHARACTER.matcher(shown).replaceAll("_");
  }
}
