package io.busyhour.receive.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes bad input of good input: the same for the same number. */
final class Spoiler {
  // What parsers look for, and what breaks them.
  private static final byte[] SIGNS =
      "\"'\\{}[]:,;=&%#|@+-.0189eE \t\r\n\0<>u/".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> WORDS =
      List.of(
          "null",
          "true",
          "-1",
          "1e999999999",
          "99999999999999999999",
          "0.0000000000000000000001",
          "NaN",
          "\\u0000",
          "\\ud800",
          "%00",
          "%zz",
          "\u20ac",
          "+15555550100",
          "[[[[[[[[",
          "{\"a\":",
          "2147483648",
          "-9223372036854775808");
  private static final int LONGEST_RUN = 4000;

  private Spoiler() {}

  static byte[] input(List<byte[]> payloads, long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    if (random.nextInt(8) == 0) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] bytes = payloads.get(random.nextInt(payloads.size())).clone();
    for (int i = random.nextInt(5); i >= 0; i--) {
      bytes = spoiled(bytes, payloads, random);
    }
    return bytes;
  }

  private static byte[] spoiled(byte[] bytes, List<byte[]> payloads, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(20));
    return switch (random.nextInt(8)) {
      case 0 -> replaced(bytes, at, end, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replaced(bytes, at, end, new byte[] {SIGNS[random.nextInt(SIGNS.length)]});
      case 2 -> replaced(bytes, at, end, word(random));
      case 3 -> replaced(bytes, at, at, word(random));
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 6 -> replaced(bytes, at, bytes.length, part(payloads, random));
      default -> replaced(bytes, at, at, run(random));
    };
  }

  private static byte[] word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] part(List<byte[]> payloads, Random random) {
    byte[] other = payloads.get(random.nextInt(payloads.size()));
    return Arrays.copyOfRange(other, random.nextInt(other.length), other.length);
  }

  private static byte[] run(Random random) {
    byte[] run = new byte[random.nextInt(50) == 0 ? random.nextInt(LONGEST_RUN) : 10];
    Arrays.fill(run, SIGNS[random.nextInt(SIGNS.length)]);
    return run;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
    byte[] result = new byte[bytes.length - (to - from) + with.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
    return result;
  }
}
