package io.busyhour.serve.export;

import io.busyhour.projection.calls.history.CallLine;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * A call a line as RFC 4180 has it. A text that a spreadsheet would take for a formula begins with
 * an apostrophe, a phone number with its plus too; whoever reads it by program takes that off.
 */
final class CsvCells implements Cells {
  private static final String FORMULA = "=+-@\t\r";

  private final Bytes out;
  private boolean first;

  CsvCells(Bytes out) {
    this.out = out;
  }

  @Override
  public void begin() {
    first = true;
  }

  private void separate() {
    if (!first) {
      out.put(',');
    }
    first = false;
  }

  @Override
  public void text(String name, String value) {
    separate();
    if (value == null || value.isEmpty()) {
      return;
    }
    boolean formula = FORMULA.indexOf(value.charAt(0)) >= 0;
    if (isQuoted(value)) {
      out.put('"');
      if (formula) {
        out.put('\'');
      }
      out.put(value.indexOf('"') < 0 ? value : value.replace("\"", "\"\""));
      out.put('"');
      return;
    }
    if (formula) {
      out.put('\'');
    }
    out.put(value);
  }

  private static boolean isQuoted(String value) {
    return value.indexOf(',') >= 0
        || value.indexOf('"') >= 0
        || value.indexOf('\n') >= 0
        || value.indexOf('\r') >= 0;
  }

  @Override
  public void word(String name, String constant) {
    separate();
    if (constant != null) {
      out.put(constant.toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public void figure(String name, Number value) {
    separate();
    if (value != null) {
      out.put(value instanceof BigDecimal exact ? exact.toPlainString() : value.toString());
    }
  }

  @Override
  public void time(String name, long micros) {
    separate();
    if (micros != CallLine.UNKNOWN) {
      out.time(micros);
    }
  }

  @Override
  public void rest() {
    // A line has all its cells.
  }

  @Override
  public void end() {
    out.put("\r\n");
  }

  @Override
  public Bytes bytes() {
    return out;
  }
}
