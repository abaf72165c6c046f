package io.busyhour.cli.simulate.traffic;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Chance with the shapes that telephony takes. Only algorithms whose results are fixed by their
 * specification are used, so that a seed gives the same traffic on every Java.
 */
public final class Dice {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final SplittableRandom random;

  private Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Dice that depend on all of these numbers and on nothing else. */
  public static Dice of(long... seeds) {
    long mixed = 0;
    for (long seed : seeds) {
      mixed = new SplittableRandom(mixed ^ seed).nextLong();
    }
    return new Dice(mixed);
  }

  /** Evenly from 0 (included) to 1 (excluded). */
  public double even() {
    return random.nextDouble();
  }

  /** Evenly between two bounds. */
  public double between(double low, double high) {
    return low + (high - low) * even();
  }

  /** A whole number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    return even() < probability;
  }

  /** Waiting times of a Poisson process: exponential with this mean. */
  public double exponential(double mean) {
    return -mean * StrictMath.log(1 - even());
  }

  /** Log-normal, as ring times, talk times and delays are; {@code sigma} is that of the log. */
  public double logNormal(double median, double sigma) {
    double gaussian =
        StrictMath.sqrt(-2 * StrictMath.log(1 - even())) * StrictMath.cos(2 * Math.PI * even());
    return median * StrictMath.exp(sigma * gaussian);
  }

  /** One of the choices, each as likely as its weight. */
  public <T> T pick(List<T> choices, ToDoubleFunction<T> weight) {
    double left = even() * choices.stream().mapToDouble(weight).sum();
    for (T choice : choices) {
      left -= weight.applyAsDouble(choice);
      if (left < 0) {
        return choice;
      }
    }
    return choices.getLast();
  }

  /** One of the choices, all equally likely. */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Lower-case hexadecimal digits. */
  public String hex(int digits) {
    char[] text = new char[digits];
    for (int i = 0; i < digits; i++) {
      text[i] = HEX[below(HEX.length)];
    }
    return new String(text);
  }
}
