package io.busyhour.serve.scrape;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text on its way out, put together as bytes: nearly all of it is plain ASCII. */
final class Lines {
  private static final int SIZE = 1 << 16;

  /** More than any number takes. */
  private static final int NUMBER = 32;

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int end;

  Lines(OutputStream out) {
    this.out = out;
  }

  Lines put(byte[] bytes) throws IOException {
    return put(bytes, bytes.length);
  }

  Lines put(byte[] bytes, int length) throws IOException {
    if (length > SIZE) {
      flush();
      out.write(bytes, 0, length);
    } else {
      room(length);
      System.arraycopy(bytes, 0, buffer, end, length);
      end += length;
    }
    return this;
  }

  Lines put(char ascii) throws IOException {
    room(1);
    buffer[end++] = (byte) ascii;
    return this;
  }

  Lines put(String text) throws IOException {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  Lines put(long number) throws IOException {
    if (number < 0) {
      return put(Long.toString(number));
    }
    room(NUMBER);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = end + digits - 1; i >= end; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
    return this;
  }

  /** As {@link Double#toString} has it, and infinity as Prometheus has it. */
  Lines put(double number) throws IOException {
    long whole = (long) number;
    // Up to here it writes whole numbers without an exponent; 0 may be the negative one.
    if (whole == number && whole > 0 && whole < 10_000_000) {
      return put(whole).put('.').put('0');
    }
    return put(text(number));
  }

  /** Seconds with milliseconds, as OpenMetrics has timestamps. */
  Lines putSeconds(long millis) throws IOException {
    long fraction = millis % 1000;
    put(millis / 1000).put('.');
    return put((char) ('0' + fraction / 100))
        .put((char) ('0' + fraction / 10 % 10))
        .put((char) ('0' + fraction % 10));
  }

  void flush() throws IOException {
    out.write(buffer, 0, end);
    end = 0;
  }

  private void room(int length) throws IOException {
    if (length > SIZE - end) {
      flush();
    }
  }

  /** How a number is spelled in both text formats. */
  static String text(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(number);
  }
}
