package io.busyhour.boot.settings;

import io.busyhour.receive.livekit.LivekitSettings;
import io.busyhour.receive.livekit.RoomPattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings of the server; docs/settings.md explains them to people. */
public final class Settings {
  private static final String LEVEL_WORDS = "one of off, error, warning, info, debug, trace, all";

  /** See docs/settings.md. */
  public static final Setting<String> HOST =
      new Setting<>("server.host", "127.0.0.1", false, "a host name or address", s -> s);

  /** See docs/settings.md. */
  public static final Setting<Integer> PORT =
      new Setting<>(
          "server.port",
          "8080",
          false,
          "a port, 0 to 65535",
          s -> (int) Values.number(s, 0, 65_535));

  /** See docs/settings.md. */
  public static final Setting<String> DATABASE_URL =
      new Setting<>(
          "busyhour.database.url",
          "jdbc:h2:file:./data/busyhour",
          false,
          "jdbc:h2:file:<path> or jdbc:postgresql://<host>/<database>",
          Values::databaseUrl);

  /** See docs/settings.md. */
  public static final Setting<String> DATABASE_USER =
      new Setting<>("busyhour.database.user", null, false, "a user's name", s -> s);

  /** See docs/settings.md. */
  public static final Setting<String> DATABASE_PASSWORD =
      new Setting<>("busyhour.database.password", null, true, "a password", s -> s);

  /** See docs/settings.md. */
  public static final Setting<Path> TOKENS =
      new Setting<>("busyhour.tokens", null, false, "the path of a readable file", Path::of);

  /** See docs/settings.md. */
  public static final Setting<String> PUBLIC_URL =
      new Setting<>(
          "busyhour.public-url",
          null,
          false,
          "how Twilio sees this server, such as https://calls.example.com",
          Values::publicUrl);

  /** See docs/settings.md. */
  public static final Setting<Boolean> TRUST_FORWARDED =
      new Setting<>("busyhour.trust-forwarded", "false", false, "true or false", Values::flag);

  /** See docs/settings.md. */
  public static final Setting<List<String>> TWILIO_TOKENS =
      new Setting<>(
          "busyhour.twilio.auth-token",
          null,
          true,
          "auth tokens, with commas between them while one is replaced",
          Values::list);

  /** See docs/settings.md. */
  public static final Setting<Map<String, List<String>>> LIVEKIT_KEYS =
      new Setting<>(
          "busyhour.livekit.keys",
          null,
          true,
          "key:secret, with commas between several",
          LivekitSettings::keys);

  /** See docs/settings.md. */
  public static final Setting<RoomPattern> LIVEKIT_ROOMS =
      new Setting<>(
          "busyhour.livekit.room-pattern",
          RoomPattern.STANDARD,
          false,
          "an RE2 regular expression with a group named campaign_id, one named user_id, or both;"
              + " or none",
          RoomPattern::parse);

  /** See docs/settings.md. */
  public static final Setting<String> TWILIO_ACCOUNT =
      new Setting<>(
          "busyhour.twilio.account-sid",
          null,
          false,
          "AC and 32 hexadecimal digits",
          s -> Values.matching("AC[0-9a-fA-F]{32}", s));

  /** See docs/settings.md. */
  public static final Setting<Duration> TWILIO_INTERVAL =
      new Setting<>(
          "busyhour.twilio.poll-interval",
          "5m",
          false,
          "a duration from 10s on, such as 5m",
          s -> Values.atLeast(Duration.ofSeconds(10), s));

  /** See docs/settings.md. */
  public static final Setting<Optional<LocalDate>> TWILIO_USAGE_START =
      new Setting<>(
          "busyhour.twilio.usage-start-date",
          "today",
          false,
          "today, or a day such as 2026-11-20",
          s -> s.equals("today") ? Optional.empty() : Optional.of(LocalDate.parse(s)));

  /** See docs/settings.md. */
  public static final Setting<URI> TWILIO_BASE_URL =
      new Setting<>(
          "busyhour.twilio.base-url",
          "https://api.twilio.com",
          false,
          "an https URL of a host alone; http to this machine only",
          Values::hostUrl);

  /** See docs/settings.md. */
  public static final Setting<Duration> SETTLE =
      new Setting<>(
          "busyhour.calls.settle", "30s", false, "a duration such as 30s", Values::duration);

  /** See docs/settings.md. */
  public static final Setting<Duration> STALE_AFTER =
      new Setting<>(
          "busyhour.calls.stale-after", "1h", false, "a duration such as 1h", Values::duration);

  /** See docs/settings.md. */
  public static final Setting<Duration> REAP_AFTER =
      new Setting<>(
          "busyhour.calls.reap-after",
          "4h",
          false,
          "a duration from 1m on, such as 4h",
          Values::minutes);

  /** See docs/settings.md. */
  public static final Setting<Duration> TIMER_TIMEOUT =
      new Setting<>(
          "busyhour.dialer.timer-timeout", "2m", false, "a duration such as 2m", Values::duration);

  /** See docs/settings.md. */
  public static final Setting<Boolean> L2MET_EMIT =
      new Setting<>("busyhour.l2met.emit", "false", false, "true or false", Values::flag);

  /** See docs/settings.md. */
  public static final Setting<Integer> CARDINALITY_LIMIT =
      new Setting<>(
          "busyhour.cardinality.limit",
          "10000",
          false,
          "1 to 1000000 label sets",
          s -> (int) Values.number(s, 1, 1_000_000));

  /** See docs/settings.md. */
  public static final Setting<Duration> SERIES_IDLE =
      new Setting<>(
          "busyhour.series.idle",
          "24h",
          false,
          "a duration from 1m on, such as 24h",
          Values::minutes);

  /** See docs/settings.md. */
  public static final Setting<Duration> COUNTER_IDLE =
      new Setting<>(
          "busyhour.series.counter-idle",
          "30d",
          false,
          "a duration from 1m on, such as 30d",
          Values::minutes);

  /** See docs/settings.md. */
  public static final Setting<Integer> MAX_ACTIVE =
      new Setting<>(
          "busyhour.health.max-active",
          "10",
          false,
          "a number of calls, 0 to 1000000",
          s -> (int) Values.number(s, 0, 1_000_000));

  /** See docs/settings.md. */
  public static final Setting<Integer> MIN_SUCCESS =
      new Setting<>(
          "busyhour.health.min-success",
          "80",
          false,
          "percent, 0 to 100",
          s -> (int) Values.number(s, 0, 100));

  /** See docs/settings.md. */
  public static final Setting<Integer> MAX_BYTES =
      new Setting<>(
          "busyhour.receive.max-bytes",
          "1MiB",
          false,
          "a size from 1KiB to 256MiB, such as 1MiB",
          Values::size);

  /** See docs/settings.md. */
  public static final Setting<Integer> MAX_BATCH_BYTES =
      new Setting<>(
          "busyhour.receive.max-batch-bytes",
          "16MiB",
          false,
          "a size from 1KiB to 256MiB, such as 16MiB",
          Values::size);

  /** See docs/settings.md. */
  public static final Setting<Integer> STATSD_PORT =
      new Setting<>(
          "busyhour.statsd.port",
          null,
          false,
          "a port, 0 to 65535",
          s -> (int) Values.number(s, 0, 65_535));

  /** See docs/settings.md. */
  public static final Setting<String> STATSD_HOST =
      new Setting<>("busyhour.statsd.host", "127.0.0.1", false, "a host name or address", s -> s);

  /** See docs/settings.md. */
  public static final Setting<Duration> STATSD_FLUSH =
      new Setting<>(
          "busyhour.statsd.flush",
          "1s",
          false,
          "a duration from 10ms to 1m, such as 1s",
          Values::flush);

  /** See docs/settings.md. */
  public static final Setting<Integer> STATSD_MAX_FAMILIES =
      new Setting<>(
          "busyhour.statsd.max-families",
          "1000",
          false,
          "1 to 100000 families",
          s -> (int) Values.number(s, 1, 100_000));

  /** See docs/settings.md. */
  public static final Setting<Duration> RETENTION_CALLS =
      new Setting<>(
          "busyhour.retention.calls",
          "90d",
          false,
          "a duration from 1h on, such as 90d",
          s -> Values.atLeast(Duration.ofHours(1), s));

  /** See docs/settings.md. */
  public static final Setting<Duration> RETENTION_EVENTS =
      new Setting<>(
          "busyhour.retention.events",
          "7d",
          false,
          "a duration from 1h on, such as 7d",
          s -> Values.atLeast(Duration.ofHours(1), s));

  /** See docs/settings.md. */
  public static final Setting<LogFormat> LOG_FORMAT =
      new Setting<>(
          "busyhour.log.format",
          "text",
          false,
          "text or json",
          s -> LogFormat.valueOf(s.toUpperCase(Locale.ROOT)));

  /** See docs/settings.md. */
  public static final Setting<LogLevel> LOG_LEVEL =
      new Setting<>("busyhour.log.level", null, false, LEVEL_WORDS, LogLevel::parse);

  /** See docs/settings.md. */
  public static final Setting<Map<String, LogLevel>> LOG_LEVELS =
      new Setting<>(
          "busyhour.log.levels",
          null,
          false,
          "logger=level with commas between several, each level " + LEVEL_WORDS,
          LogLevel::parseEach);

  /** See docs/settings.md. */
  public static final Setting<Boolean> LOG_ACCESS =
      new Setting<>("busyhour.log.access", "false", false, "true or false", Values::flag);

  /** All of them, in the order of docs/settings.md. */
  public static final List<Setting<?>> ALL =
      Stream.concat(ours().stream(), WebhookSettings.ALL.stream()).toList();

  private Settings() {}

  private static List<Setting<?>> ours() {
    return List.of(
        HOST,
        PORT,
        DATABASE_URL,
        DATABASE_USER,
        DATABASE_PASSWORD,
        TOKENS,
        PUBLIC_URL,
        TRUST_FORWARDED,
        TWILIO_TOKENS,
        LIVEKIT_KEYS,
        LIVEKIT_ROOMS,
        TWILIO_ACCOUNT,
        TWILIO_INTERVAL,
        TWILIO_USAGE_START,
        TWILIO_BASE_URL,
        SETTLE,
        STALE_AFTER,
        REAP_AFTER,
        TIMER_TIMEOUT,
        L2MET_EMIT,
        CARDINALITY_LIMIT,
        SERIES_IDLE,
        COUNTER_IDLE,
        MAX_ACTIVE,
        MIN_SUCCESS,
        MAX_BYTES,
        MAX_BATCH_BYTES,
        STATSD_PORT,
        STATSD_HOST,
        STATSD_FLUSH,
        STATSD_MAX_FAMILIES,
        RETENTION_CALLS,
        RETENTION_EVENTS,
        LOG_FORMAT,
        LOG_LEVEL,
        LOG_LEVELS,
        LOG_ACCESS);
  }
}
