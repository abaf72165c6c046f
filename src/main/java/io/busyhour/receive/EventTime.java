package io.busyhour.receive;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Reads the times of events. Believed are times from the year 2000 to a day after the receipt:
 * before, there was nothing to report; later, a clock is wrong.
 */
public final class EventTime {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final Pattern UNIX = Pattern.compile("[0-9]{1,11}(\\.[0-9]{0,9})?");
  private static final int SECOND = "2016-12-31T23:59:".length();

  private EventTime() {}

  /**
   * Reads an RFC 3339 time with any offset.
   *
   * @param name what the sender calls it, for the message
   * @throws Refusal invalid_time
   */
  public static Instant parse(String name, String text, Instant receipt) {
    try {
      Instant time =
          text.startsWith("60", SECOND) ? leapSecond(text) : OffsetDateTime.parse(text).toInstant();
      return believed(name, text, time, receipt);
    } catch (DateTimeException e) {
      throw invalid(name, text, "an RFC 3339 time such as 2026-11-20T08:00:00.123Z");
    }
  }

  /** A leap second, 23:59:60 UTC, is counted as the second after it, as Unix time does. */
  private static Instant leapSecond(String text) {
    String before = text.substring(0, SECOND) + "59" + text.substring(SECOND + 2);
    Instant time = OffsetDateTime.parse(before).toInstant().plusSeconds(1);
    if (!time.truncatedTo(ChronoUnit.SECONDS).equals(time.truncatedTo(ChronoUnit.DAYS))) {
      throw new DateTimeException("leap seconds end a day");
    }
    return time;
  }

  /**
   * Reads a time as mail has it (RFC 2822), such as {@code Mon, 03 Nov 2025 16:20:09 +0000}.
   *
   * @throws Refusal invalid_time
   */
  public static Instant parseMail(String name, String text, Instant receipt) {
    try {
      Instant time = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return believed(name, text, time, receipt);
    } catch (DateTimeException e) {
      throw invalid(name, text, "an RFC 2822 time such as Mon, 03 Nov 2025 16:20:09 +0000");
    }
  }

  /**
   * Reads a time in seconds since 1970, with or without a fraction.
   *
   * @throws Refusal invalid_time
   */
  public static Instant parseUnix(String name, String seconds, Instant receipt) {
    if (UNIX.matcher(seconds).matches()) {
      long micros = new BigDecimal(seconds).movePointRight(6).longValue();
      return believed(name, seconds, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), receipt);
    }
    throw invalid(name, seconds, "seconds since 1970 such as 1762186801.120");
  }

  private static Instant believed(String name, String text, Instant time, Instant receipt) {
    if (time.isBefore(EARLIEST) || time.isAfter(receipt.plus(AHEAD))) {
      throw invalid(name, text, "from the year 2000 to at most a day ahead");
    }
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static Refusal invalid(String name, String text, String expected) {
    return new Refusal(
        Reason.INVALID_TIME, "%s: %s (expected: %s)".formatted(name, Quoted.of(text), expected));
  }
}
