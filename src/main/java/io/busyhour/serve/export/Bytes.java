package io.busyhour.serve.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Bytes that grow, written to by hand: texts as UTF-8, times as RFC 3339. Each million of calls has
 * thirty million of them, so nothing is allocated for one.
 */
final class Bytes {
  private static final int MICROS = 1_000_000;
  private static final int SECONDS_A_DAY = 86_400;
  private static final int FIRST_WIDE = 0x80;

  private byte[] bytes;
  private int size;
  private long day = Long.MIN_VALUE;
  private byte[] date = {};

  Bytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Takes some of the last bytes back. */
  void dropLast(long count) {
    size -= (int) count;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  void put(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
  }

  /** A text without any escape. */
  @SuppressWarnings("deprecation") // takes the low bytes of the characters, which these all have
  void put(String text) {
    int length = text.length();
    room(3 * length);
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) >= FIRST_WIDE) {
        putAll(text);
        return;
      }
    }
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  private void putAll(String text) {
    byte[] wide = text.getBytes(StandardCharsets.UTF_8);
    room(wide.length);
    System.arraycopy(wide, 0, bytes, size, wide.length);
    size += wide.length;
  }

  /** A character of more than one byte at an index; returns the index of its last char. */
  int putWide(String text, int index) {
    int end = text.offsetByCodePoints(index, 1);
    byte[] wide = text.substring(index, end).getBytes(StandardCharsets.UTF_8);
    room(wide.length);
    System.arraycopy(wide, 0, bytes, size, wide.length);
    size += wide.length;
    return end - 1;
  }

  /** Microseconds since 1970 as {@link java.time.Instant#toString} writes them. */
  void time(long micros) {
    long second = Math.floorDiv(micros, MICROS);
    int fraction = Math.floorMod(micros, MICROS);
    long ofDay = Math.floorDiv(second, SECONDS_A_DAY);
    if (ofDay != day) {
      day = ofDay;
      date = (LocalDate.ofEpochDay(day) + "T").getBytes(StandardCharsets.US_ASCII);
    }
    room(date.length + 18);
    System.arraycopy(date, 0, bytes, size, date.length);
    size += date.length;
    int rest = Math.floorMod(second, SECONDS_A_DAY);
    digits(rest / 3600, 10);
    bytes[size++] = ':';
    digits(rest / 60 % 60, 10);
    bytes[size++] = ':';
    digits(rest % 60, 10);
    if (fraction != 0) {
      bytes[size++] = '.';
      if (fraction % 1000 == 0) {
        digits(fraction / 1000, 100);
      } else {
        digits(fraction, 100_000);
      }
    }
    bytes[size++] = 'Z';
  }

  private void digits(int number, int first) {
    for (int unit = first; unit > 0; unit /= 10) {
      bytes[size++] = (byte) ('0' + number / unit % 10);
    }
  }
}
