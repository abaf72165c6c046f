package io.busyhour.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: columns as wide as needed, numbers to the right, at most 80 characters a
 * line. Where it would be wider, the first column is cut.
 */
public final class Table {
  private static final int WIDTH = 80;
  private static final int NARROWEST = 8;
  private static final int SHORT = 12;
  private static final String GAP = "  ";

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table. */
  public Table(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row; numbers get their thousands apart. */
  public void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Number number ? "%,d".formatted(number.longValue()) : plain(cell));
    }
    rows.add(row);
  }

  /** What a terminal may be sent: ids and sources come from strangers. */
  public static String plain(Object cell) {
    return cell == null ? "" : cell.toString().replaceAll("\\p{Cntrl}", "?");
  }

  /** A time to the second, without its year and zone. */
  public static String toTheSecond(String time) {
    return time.replaceFirst(".{5}(.{5})T(.{8}).*", "$1 $2");
  }

  /** A text of at most twelve characters. */
  public static String short12(String text) {
    return cut(text, SHORT);
  }

  /** Seconds as minutes and seconds, or nothing. */
  public static String clock(JsonNode seconds) {
    long whole = Math.round(seconds.asDouble());
    return seconds.isNumber() ? "%d:%02d".formatted(whole / 60, whole % 60) : "";
  }

  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    line(text, head, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[head.size()];
    int total = -GAP.length();
    for (int column = 0; column < widths.length; column++) {
      widths[column] = head.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
      total += widths[column] + GAP.length();
    }
    widths[0] = Math.max(NARROWEST, widths[0] - Math.max(0, total - WIDTH));
    return widths;
  }

  private void line(StringBuilder text, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = cut(row.get(column), widths[column]);
      String space = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? cell + space : space + cell);
      line.append(GAP);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cut(String cell, int width) {
    return cell.length() <= width ? cell : cell.substring(0, width - 3) + "...";
  }
}
