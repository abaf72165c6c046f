package io.busyhour.incidents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of a test's, which ends with it; what it prints is kept. */
public final class Started implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Process process;
  private final Queue<String> printed = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> said = new CompletableFuture<>();

  private Started(Process process) {
    this.process = process;
  }

  /** Starts a program; what the pattern's group finds in a line is given by {@link #said}. */
  public static Started start(Path folder, Pattern line, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      Started started = new Started(process);
      Thread.ofVirtual().start(() -> started.read(line));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Pattern pattern) {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.add(line);
        Matcher found = pattern.matcher(line);
        if (found.find()) {
          said.complete(found.group(1));
        }
      }
    } catch (IOException e) {
      // It was ended in the middle of a line.
    }
    said.completeExceptionally(new IllegalStateException("it ended"));
  }

  /** Waits for the first line with the pattern. */
  public String said() throws InterruptedException {
    try {
      return said.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError("it did not start:\n" + printed(), e);
    }
  }

  /** All that it has printed. */
  public String printed() {
    return String.join("\n", printed);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it, first kindly. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
