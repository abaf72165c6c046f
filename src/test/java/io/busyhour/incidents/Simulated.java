package io.busyhour.incidents;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code busyhour simulate} as a process of its own, until it is closed. */
final class Simulated implements AutoCloseable {
  private static final Pattern BEGINS = Pattern.compile("simulating to (\\S+);");

  private final Started process;

  private Simulated(Started process) {
    this.process = process;
  }

  /** Begins to send to a server. */
  static Simulated start(Path folder, URI server, int rate, String... options)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", System.getProperty("busyhour.jar"), "simulate"));
    command.addAll(List.of("--url", server.toString(), "--rate", Integer.toString(rate)));
    command.addAll(List.of(options));
    Started process = Started.start(folder, BEGINS, command);
    process.said();
    return new Simulated(process);
  }

  /** Whether it still sends. */
  boolean goesOn() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.close();
  }
}
