package io.busyhour.incidents;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The programs that this package starts, as Debian packages name them. */
final class Binaries {
  static final String PROMETHEUS = "prometheus";
  static final String ALERTMANAGER = "prometheus-alertmanager";

  private Binaries() {}

  /**
   * Skips where one is missing; fails instead where {@code -Dprometheus.required=true} is given.
   */
  static void need() {
    List<String> missing =
        Stream.of(PROMETHEUS, ALERTMANAGER).filter(name -> !isInstalled(name)).toList();
    if (missing.isEmpty()) {
      return;
    }
    String sentence =
        "no incident is played: %s not installed (apt-get install --no-install-recommends %s)"
            .formatted(
                String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are"),
                String.join(" ", missing));
    if (Boolean.getBoolean("prometheus.required")) {
      Assertions.fail(sentence);
    }
    System.out.println("SKIPPED: " + sentence);
    Assumptions.abort("SKIPPED: " + sentence);
  }

  private static boolean isInstalled(String name) {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
