package io.busyhour.deliver.send;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3). */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{0,18})?");
  private static final DateTimeFormatter[] DATES = {
    DateUtils.FORMATTER_RFC1123,
    DateUtils.FORMATTER_RFC1036,
    // Has no zone, and means GMT.
    DateUtils.FORMATTER_ASCTIME.withZone(ZoneOffset.UTC)
  };
  // A date of two digits that seems further ahead than this is of the last century (RFC 9110).
  private static final Duration FURTHEST = Duration.ofDays(50 * 365);

  private RetryAfter() {}

  /**
   * How long to wait from now: whole seconds, at most a day. Fractions, which the standard does not
   * have but some send, are rounded up. Null for what is no wait: garbage, negative or past.
   */
  static Duration of(String text, Instant now) {
    Duration wait = wait(text.strip(), now);
    if (wait == null || !wait.isPositive()) {
      return null;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static Duration wait(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      BigDecimal seconds = new BigDecimal(text).setScale(0, RoundingMode.CEILING);
      return Duration.ofSeconds(seconds.longValueExact());
    }
    Instant when = DateUtils.parseDate(text.replaceAll(" +", " "), DATES);
    if (when == null) {
      return null;
    }
    Duration wait = Duration.between(now, when);
    return wait.compareTo(FURTHEST) > 0 ? null : roundedUp(wait);
  }

  private static Duration roundedUp(Duration wait) {
    return wait.getNano() == 0 ? wait : Duration.ofSeconds(wait.getSeconds() + 1);
  }
}
