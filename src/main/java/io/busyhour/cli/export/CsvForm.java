package io.busyhour.cli.export;

import java.util.ArrayList;
import java.util.List;

/** CSV as the server writes it. */
final class CsvForm implements Form {
  private static final int STARTED_AT = 4;
  private static final String FORMULA = "=+-@";

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public String head(int days) {
    return "";
  }

  @Override
  public String between() {
    return "\r\n";
  }

  @Override
  public String tail(long calls) {
    return "\r\n";
  }

  @Override
  public String place(String line) {
    List<String> cells = cells(line);
    String id = cells.getFirst();
    boolean guarded = id.length() > 1 && id.charAt(0) == '\'' && FORMULA.indexOf(id.charAt(1)) >= 0;
    return cells.get(STARTED_AT) + "," + (guarded ? id.substring(1) : id);
  }

  /** The cells of a line (RFC 4180). */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (twice) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
