package io.busyhour.receive.fuzz;

import io.busyhour.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Feeds parsers for as long as one wants: {@code benchmarks/fuzz [inputs] [parser]}. Prints how
 * many inputs were taken and refused, how fast, the slowest one, and what the heap held before and
 * after. Ends with the first input that made anything but a refusal.
 */
public final class Fuzz {
  private static final long MIB = 1 << 20;
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e6;

  private Fuzz() {}

  /**
   * What came of it.
   *
   * @param slowestNanos how long the slowest input took
   */
  record Outcome(long taken, long refused, long slowestNanos) {}

  /** All parsers. */
  static List<Target> targets() {
    return ServiceLoader.load(Target.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /** Feeds one parser. */
  static Outcome feed(Target target, long first, long inputs) {
    long taken = 0;
    long slowest = 0;
    List<byte[]> payloads = target.payloads();
    for (long number = first; number < first + inputs; number++) {
      byte[] input = Spoiler.input(payloads, number);
      long begun = System.nanoTime();
      taken += isTaken(target, number, input) ? 1 : 0;
      slowest = Math.max(slowest, System.nanoTime() - begun);
    }
    return new Outcome(taken, inputs - taken, slowest);
  }

  private static boolean isTaken(Target target, long number, byte[] input) {
    try {
      target.parse(input);
      return true;
    } catch (Refusal refusal) {
      return false;
    } catch (RuntimeException | Error e) {
      String shown = new String(input, StandardCharsets.ISO_8859_1);
      throw new AssertionError(
          "%s fails at input %d: %s".formatted(target.name(), number, shown), e);
    }
  }

  /** Runs from the command line. */
  public static void main(String[] args) {
    long inputs = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    for (Target target : targets()) {
      if (args.length < 2 || target.name().equals(args[1])) {
        report(target, inputs);
      }
    }
  }

  private static void report(Target target, long inputs) {
    feed(target, 0, inputs / 100); // so that what is loaded once is not taken for growth
    long before = used();
    long begun = System.nanoTime();
    Outcome outcome = feed(target, inputs / 100, inputs);
    double seconds = (System.nanoTime() - begun) / NANOS;
    System.out.printf(
        Locale.ROOT,
        "%-16s %d inputs in %.0f s: %d taken, %d refused; slowest %.1f ms; heap %d to %d MiB%n",
        target.name(),
        inputs,
        seconds,
        outcome.taken,
        outcome.refused,
        outcome.slowestNanos / MILLIS,
        before / MIB,
        used() / MIB);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
