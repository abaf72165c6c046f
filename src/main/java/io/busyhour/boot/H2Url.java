package io.busyhour.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The URL of an H2 file, with the settings that Busyhour needs.
 *
 * @param options in upper case, as H2 has them
 */
record H2Url(String path, Map<String, String> options) {
  private static final String PREFIX = "jdbc:h2:";
  private static final String FILE = "file:";

  /** What has to be so, whatever the URL says. */
  private static final Map<String, String> FIXED =
      Map.of(
          // H2 acknowledges commits half a second before it writes them, and loses them with the
          // process. At 0 a commit is with the operating system before it returns.
          "WRITE_DELAY", "0",
          // The file is closed when everybody is done with it, not when the JVM begins to stop.
          "DB_CLOSE_ON_EXIT", "FALSE");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          // Bodies up to this many bytes lie in their rows, and not in a table of their own.
          "MAX_LENGTH_INPLACE_LOB", "16384",
          // The trace file would hold statements with their values, and so phone numbers.
          "TRACE_LEVEL_FILE", "0");

  /** Takes apart {@code jdbc:h2:[file:]path[;OPTION=value]...}; throws for other kinds of H2. */
  static H2Url of(String url) {
    String[] parts = url.substring(PREFIX.length()).split(";", -1);
    String path = parts[0].startsWith(FILE) ? parts[0].substring(FILE.length()) : parts[0];
    // One letter is a drive; more are another kind of H2: in memory, or a server.
    if (path.isEmpty() || path.matches("[A-Za-z]{2,}:.*")) {
      throw new IllegalArgumentException("(expected: " + Database.EXPECTED + ")");
    }
    Map<String, String> options = new TreeMap<>(DEFAULTS);
    for (int i = 1; i < parts.length; i++) {
      String[] option = parts[i].split("=", 2);
      if (option.length == 2) {
        options.put(option[0].toUpperCase(Locale.ROOT), option[1]);
      } else if (!parts[i].isEmpty()) {
        throw new IllegalArgumentException(parts[i] + " (expected: OPTION=value)");
      }
    }
    FIXED.forEach(
        (name, value) -> {
          String other = options.put(name, value);
          if (other != null && !other.equalsIgnoreCase(value)) {
            throw new IllegalArgumentException(
                "%s: \"%s\" (expected: %s or nothing; Busyhour sets it)"
                    .formatted(name, other, value));
          }
        });
    return new H2Url(path, options);
  }

  /** The URL with all options. */
  String complete() {
    StringBuilder url = new StringBuilder(PREFIX + FILE + path);
    options.forEach((name, value) -> url.append(';').append(name).append('=').append(value));
    return url.toString();
  }

  /** Makes the folder of the file where there is none. */
  void createFolder() {
    String home = System.getProperty("user.home");
    Path file = Path.of(path.startsWith("~/") ? home + path.substring(1) : path).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + file.getParent() + " cannot be made", e);
    }
  }
}
