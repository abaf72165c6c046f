package io.busyhour.boot.settings;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IncompatibleAddressException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How the values of settings are read: each throws where one is not as expected. */
final class Values {
  private Values() {}

  static long number(String text, long min, long max) {
    long number = Long.parseLong(text);
    if (number < min || number > max) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static List<String> list(String text) {
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("an empty part");
    }
    return parts;
  }

  static String databaseUrl(String text) {
    if (text.startsWith("jdbc:h2:file:") || text.startsWith("jdbc:postgresql:")) {
      return text;
    }
    throw new IllegalArgumentException(text);
  }

  static String publicUrl(String text) {
    URI uri = URI.create(text);
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  static String matching(String pattern, String text) {
    if (text.matches(pattern)) {
      return text;
    }
    throw new IllegalArgumentException(text);
  }

  /** A host that is sent a secret: over TLS, or without leaving this machine. */
  static URI hostUrl(String text) {
    URI uri = URI.create(text);
    boolean safe =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && Loopback.is(uri.getHost()));
    boolean hostAlone =
        uri.getHost() != null
            && uri.getRawUserInfo() == null
            && List.of("", "/").contains(uri.getRawPath())
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!safe || !hostAlone) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }

  /** A whole number with its unit: 500ms, 30s, 5m, 1h, 90d. */
  static Duration duration(String text) {
    int unit = unitAt(text);
    long number = Long.parseLong(text.substring(0, unit));
    Duration duration =
        switch (text.substring(unit)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> throw new IllegalArgumentException(text);
        };
    if (duration.compareTo(Duration.ofDays(3650)) > 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  /** A duration of at least a minute: what goes by it is looked at that often. */
  static Duration minutes(String text) {
    return atLeast(Duration.ofMinutes(1), text);
  }

  static Duration atLeast(Duration least, String text) {
    Duration duration = duration(text);
    if (duration.compareTo(least) < 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  static Duration within(Duration least, Duration most, String text) {
    Duration duration = atLeast(least, text);
    if (duration.compareTo(most) > 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  static Duration flush(String text) {
    return within(Duration.ofMillis(10), Duration.ofMinutes(1), text);
  }

  static List<Duration> schedule(String text) {
    List<String> parts = list(text);
    number(Integer.toString(parts.size()), 1, 100);
    return parts.stream()
        .map(part -> within(Duration.ofMillis(10), Duration.ofDays(1), part))
        .toList();
  }

  /** Networks by CIDR, or single addresses. */
  static List<String> networks(String text) {
    List<String> parts = list(text);
    for (String part : parts) {
      // The library also reads names for all addresses, ranges and masks: nobody needs them here.
      matching("[0-9a-fA-F:.]+(/[0-9]{1,3})?", part);
      try {
        new IPAddressString(part).toAddress();
      } catch (AddressStringException | IncompatibleAddressException e) {
        throw new IllegalArgumentException(part, e);
      }
      if (!part.contains(":") && !part.matches("(\\d+\\.){3}.*")) {
        throw new IllegalArgumentException(part);
      }
    }
    return parts;
  }

  static int size(String text) {
    int unit = unitAt(text);
    long number = number(text.substring(0, unit), 1, 1L << 30);
    long size =
        switch (text.substring(unit)) {
          case "B" -> number;
          case "KiB" -> number << 10;
          case "MiB" -> number << 20;
          case "GiB" -> number << 30;
          default -> throw new IllegalArgumentException(text);
        };
    return (int) number(Long.toString(size), 1 << 10, 256 << 20);
  }

  private static int unitAt(String text) {
    int at = 0;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
