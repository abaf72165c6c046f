package io.busyhour.serve.export;

import io.busyhour.projection.calls.history.CallLine;
import java.math.BigDecimal;
import java.util.Locale;

/** A call a line as a JSON object (RFC 8259); what is between the lines is given. */
final class JsonCells implements Cells {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int FIRST_PRINTED = 0x20;
  private static final int FIRST_WIDE = 0x80;

  private final Bytes out;
  private final String before;
  private final String after;
  private boolean first;
  private boolean nulls;

  JsonCells(Bytes out, String before, String after) {
    this.out = out;
    this.before = before;
    this.after = after;
  }

  @Override
  public void begin() {
    first = true;
    nulls = true;
    out.put(before);
    out.put('{');
  }

  /** Writes the name if something is to stand there, and tells whether its value is. */
  private boolean isNamed(String name, boolean known) {
    if (!known && !nulls) {
      return false;
    }
    if (!first) {
      out.put(',');
    }
    first = false;
    out.put('"');
    out.put(name);
    out.put(known ? "\":" : "\":null");
    return known;
  }

  @Override
  public void text(String name, String value) {
    if (isNamed(name, value != null)) {
      string(value);
    }
  }

  private void string(String value) {
    out.put('"');
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= FIRST_WIDE) {
        i = out.putWide(value, i);
      } else if (c < FIRST_PRINTED) {
        out.put("\\u00");
        out.put(HEX[c >> 4]);
        out.put(HEX[c & 0xF]);
      } else {
        if (c == '"' || c == '\\') {
          out.put('\\');
        }
        out.put(c);
      }
    }
    out.put('"');
  }

  @Override
  public void word(String name, String constant) {
    if (isNamed(name, constant != null)) {
      out.put('"');
      out.put(constant.toLowerCase(Locale.ROOT));
      out.put('"');
    }
  }

  @Override
  public void figure(String name, Number value) {
    if (isNamed(name, value != null)) {
      out.put(value instanceof BigDecimal exact ? exact.toPlainString() : value.toString());
    }
  }

  @Override
  public void time(String name, long micros) {
    if (isNamed(name, micros != CallLine.UNKNOWN)) {
      out.put('"');
      out.time(micros);
      out.put('"');
    }
  }

  @Override
  public void rest() {
    nulls = false;
  }

  @Override
  public void end() {
    out.put('}');
    out.put(after);
  }

  @Override
  public Bytes bytes() {
    return out;
  }
}
