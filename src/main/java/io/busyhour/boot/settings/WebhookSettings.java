package io.busyhour.boot.settings;

import java.time.Duration;
import java.util.List;

/** The settings of outgoing webhooks; docs/settings.md explains them to people. */
public final class WebhookSettings {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SPARE = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** See docs/settings.md. */
  public static final Setting<Boolean> ALLOW_PRIVATE =
      new Setting<>(
          "busyhour.webhook.allow-private", "false", false, "true or false", Values::flag);

  /** See docs/settings.md. */
  public static final Setting<List<String>> ALLOW =
      new Setting<>(
          "busyhour.webhook.allow",
          null,
          false,
          "networks such as 10.1.0.0/16 or fd00::/8, with commas between several",
          Values::networks);

  /** See docs/settings.md. */
  public static final Setting<List<Duration>> SCHEDULE =
      new Setting<>(
          "busyhour.webhook.schedule",
          "30s,1m,2m,4m,8m",
          false,
          "1 to 100 durations from 10ms to 1d with commas between them, such as 30s,1m",
          Values::schedule);

  /** See docs/settings.md. */
  public static final Setting<Double> JITTER =
      new Setting<>(
          "busyhour.webhook.jitter",
          "0.1",
          false,
          "a part from 0 to 1, such as 0.1",
          s -> Double.parseDouble(Values.matching("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?", s)));

  /** See docs/settings.md. */
  public static final Setting<Integer> MAX_ATTEMPTS =
      new Setting<>(
          "busyhour.webhook.max-attempts",
          "5",
          false,
          "1 to 100 attempts",
          s -> (int) Values.number(s, 1, 100));

  /** See docs/settings.md. */
  public static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "busyhour.webhook.timeout",
          "10s",
          false,
          "a duration from 100ms to 5m, such as 10s",
          s -> Values.within(Duration.ofMillis(100), MINUTE.multipliedBy(5), s));

  /** See docs/settings.md. */
  public static final Setting<Duration> LEASE =
      new Setting<>(
          "busyhour.webhook.lease",
          "60s",
          false,
          "a duration from 1s to 1h, such as 60s",
          s -> Values.within(Duration.ofSeconds(1), Duration.ofHours(1), s));

  /** See docs/settings.md. */
  public static final Setting<Integer> CONCURRENCY =
      new Setting<>(
          "busyhour.webhook.concurrency",
          "64",
          false,
          "1 to 10000 attempts at a time",
          s -> (int) Values.number(s, 1, 10_000));

  /** See docs/settings.md. */
  public static final Setting<Integer> PER_PARTNER =
      new Setting<>(
          "busyhour.webhook.per-partner",
          "8",
          false,
          "1 to 10000 attempts at a time",
          s -> (int) Values.number(s, 1, 10_000));

  /** See docs/settings.md. */
  public static final Setting<Duration> ROTATION_OVERLAP =
      new Setting<>(
          "busyhour.webhook.rotation-overlap",
          "24h",
          false,
          "a duration to 90d, such as 24h",
          s -> Values.within(Duration.ZERO, Duration.ofDays(90), s));

  /** See docs/settings.md. */
  public static final Setting<Duration> KEEP_DELIVERED =
      new Setting<>(
          "busyhour.webhook.keep-delivered",
          "1d",
          false,
          "a duration from 1m on, such as 1d",
          s -> Values.within(MINUTE, LONGEST, s));

  /** See docs/settings.md. */
  public static final Setting<Duration> DEAD_LETTER_EXPIRY =
      new Setting<>(
          "busyhour.webhook.dead-letter-expiry",
          "30d",
          false,
          "a duration from 1m on, such as 30d",
          s -> Values.within(MINUTE, LONGEST, s));

  /** See docs/settings.md. */
  public static final Setting<Duration> GIVE_UP_AFTER =
      new Setting<>(
          "busyhour.webhook.give-up-after",
          "3d",
          false,
          "a duration from 1m to 30d, such as 3d",
          s -> Values.within(MINUTE, DAY.multipliedBy(30), s));

  /** All of them, in the order of docs/settings.md. */
  static final List<Setting<?>> ALL =
      List.of(
          ALLOW_PRIVATE,
          ALLOW,
          SCHEDULE,
          JITTER,
          MAX_ATTEMPTS,
          TIMEOUT,
          LEASE,
          CONCURRENCY,
          PER_PARTNER,
          ROTATION_OVERLAP,
          KEEP_DELIVERED,
          DEAD_LETTER_EXPIRY,
          GIVE_UP_AFTER);

  private WebhookSettings() {}

  /** What must hold of several of them. */
  static void checkTogether(Configuration configuration, List<String> faults) {
    configuration
        .find(LEASE)
        .flatMap(
            lease -> configuration.find(TIMEOUT).filter(t -> t.plus(SPARE).compareTo(lease) > 0))
        .ifPresent(
            timeout ->
                faults.add(
                    "%s: (expected: at least half a second longer than %s, or none is begun)"
                        .formatted(LEASE.key(), TIMEOUT.key())));
    configuration
        .find(CONCURRENCY)
        .flatMap(all -> configuration.find(PER_PARTNER).filter(one -> one > all))
        .ifPresent(
            one ->
                faults.add(
                    "%s: \"%d\" (expected: not above %s)"
                        .formatted(PER_PARTNER.key(), one, CONCURRENCY.key())));
  }
}
