package io.busyhour.rules;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program of Debian's packages prometheus and prometheus-alertmanager. */
public final class Tool {
  /**
   * What it did.
   *
   * @param exit its exit code
   * @param said what it wrote, errors among it
   */
  public record Outcome(int exit, String said) {}

  private Tool() {}

  /** Skips where a program is missing, or fails with {@code -Dprometheus.required=true}. */
  public static void need(String program) {
    if (!isInstalled(program)) {
      String sentence = program + " is not installed (Debian: prometheus, prometheus-alertmanager)";
      if (isEverythingRequired()) {
        Assertions.fail(sentence);
      }
      Assumptions.abort("SKIPPED: " + sentence);
    }
  }

  /**
   * The same for proofs that take a minute or more: they are skipped unless they are required, so
   * that the usual build stays quick.
   */
  public static void needForProof(String program) {
    Assumptions.assumeTrue(
        isEverythingRequired(),
        "SKIPPED: a proof against a real "
            + program
            + " takes minutes; ask for it with -Dprometheus.required=true");
    need(program);
  }

  /** Whether nothing may be skipped, however long it takes. */
  public static boolean isEverythingRequired() {
    return Boolean.getBoolean("prometheus.required");
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program to its end in a folder. */
  public static Outcome run(Path folder, String... command) throws IOException {
    return run(folder, List.of(command));
  }

  /** Runs a program to its end in a folder. */
  public static Outcome run(Path folder, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), said);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
