package io.busyhour.dashboards;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A dashboard as people write it.
 *
 * @param name that of its source, such as {@code quality}
 * @param question what it answers
 * @param variables queries for the values of each variable, by its name, in their order
 */
public record Dashboard(
    String name, String title, String question, Map<String, String> variables, List<Row> rows) {

  /** What Grafana and links know it by. */
  public String uid() {
    return "busyhour-" + name;
  }

  /** All panels, in their order. */
  public Stream<Panel> panels() {
    return rows.stream().flatMap(row -> row.panels().stream());
  }

  /** Panels under one title. */
  public record Row(String title, List<Panel> panels) {}

  /**
   * One picture.
   *
   * @param says what it shows
   * @param needs when it is empty, or null if it never is
   * @param type Grafana's name for the kind of picture
   * @param unit Grafana's name for it
   * @param scale the axis and how values are put
   * @param alerts the alerts that watch what is seen; each with the factor from what it judges to
   *     what is drawn, or 0 where its threshold cannot be drawn
   * @param mark a threshold that no alert has, or null
   * @param values what values stand for, for states
   */
  public record Panel(
      String title,
      String says,
      String needs,
      String type,
      String unit,
      Scale scale,
      Size size,
      Map<String, Double> alerts,
      Threshold mark,
      Map<String, String> values,
      List<Target> targets) {}

  /** Least and most value of an axis, or null; and whether values are stacked. */
  public record Scale(Double min, Double max, boolean stack) {}

  /** Columns of 24, and rows of 30 pixels. */
  public record Size(int width, int height) {}

  /**
   * One query.
   *
   * @param legend what each series is called, with its labels in double braces; may be empty
   */
  public record Target(String expr, String legend) {
    /** Whether it shows how long something takes, so that exemplars lead to single calls. */
    public boolean isQuantile() {
      return expr.contains("histogram_quantile(");
    }
  }

  /**
   * Where values become bad.
   *
   * @param above whether above it, or below it
   * @param colour of bad values
   */
  public record Threshold(boolean above, double value, String colour) {}
}
