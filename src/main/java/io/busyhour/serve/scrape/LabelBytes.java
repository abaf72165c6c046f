package io.busyhour.serve.scrape;

import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The labels of one series as they are written, <code>a="x",b="y"</code>: rendered once for all
 * samples of the series, into the same array for one series after the other.
 */
final class LabelBytes {
  private byte[] bytes = new byte[256];
  private int length;
  private Labels before = Labels.EMPTY;
  private byte[][] openings = {};

  void render(Labels labels) {
    if (!labels.hasSameNames(before)) {
      openings = openings(labels);
    }
    before = labels;
    length = 0;
    for (int i = 0; i < openings.length; i++) {
      append(openings[i]);
      append(labels.getValue(i));
      room(1);
      bytes[length++] = '"';
    }
  }

  private static byte[][] openings(Labels labels) {
    byte[][] openings = new byte[labels.size()][];
    for (int i = 0; i < openings.length; i++) {
      String opening = (i == 0 ? "" : ",") + labels.getPrometheusName(i) + "=\"";
      openings[i] = opening.getBytes(StandardCharsets.UTF_8);
    }
    return openings;
  }

  private void append(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void append(String value) {
    int size = value.length();
    room(size);
    int end = length;
    for (int i = 0; i < size; i++) {
      char c = value.charAt(i);
      if (c >= 0x80 || c == '"' || c == '\\' || c == '\n') {
        append(escaped(value).getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[end++] = (byte) c;
    }
    length = end;
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
