package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.dashboards.Alerts.Alert;
import io.busyhour.dashboards.Dashboard.Panel;
import io.busyhour.dashboards.Dashboard.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes Grafana's classic JSON (schema 42) of a dashboard. */
final class DashboardWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SCHEMA = 42;
  private static final int COLUMNS = 24;

  private final Dashboard dashboard;
  private final PanelWriter panels;
  private final ArrayNode written = JSON.createArrayNode();
  private int top;

  private DashboardWriter(Dashboard dashboard, Map<String, Alert> alerts) {
    this.dashboard = dashboard;
    this.panels = new PanelWriter(alerts);
  }

  /** The dashboard as Grafana reads it. */
  static ObjectNode json(Dashboard dashboard, Map<String, Alert> alerts) {
    return new DashboardWriter(dashboard, alerts).write();
  }

  private ObjectNode write() {
    ObjectNode json = JSON.createObjectNode();
    json.put("uid", dashboard.uid());
    json.put("title", "Busyhour / " + dashboard.title());
    json.put("description", dashboard.question());
    json.put("schemaVersion", SCHEMA);
    json.put("version", 1);
    json.put("editable", false);
    json.putArray("tags").add("busyhour");
    json.put("timezone", "utc");
    json.put("refresh", "30s");
    json.put("graphTooltip", 1);
    json.put("fiscalYearStartMonth", 0);
    json.putObject("time").put("from", "now-6h").put("to", "now");
    json.putObject("timepicker");
    links(json.putArray("links"));
    annotations(json.putObject("annotations").putArray("list"));
    variables(json.putObject("templating").putArray("list"));
    dashboard.rows().forEach(this::row);
    json.set("panels", written);
    return json;
  }

  private static void links(ArrayNode links) {
    links
        .addObject()
        .put("type", "dashboards")
        .put("title", "Busyhour")
        .put("asDropdown", true)
        .put("includeVars", true)
        .put("keepTime", true)
        .put("targetBlank", false)
        .put("icon", "external link")
        .put("tooltip", "")
        .put("url", "")
        .putArray("tags")
        .add("busyhour");
  }

  private static void annotations(ArrayNode annotations) {
    ObjectNode firing = annotations.addObject();
    firing.put("name", "Firing alerts").put("enable", true).put("hide", false);
    firing.put("iconColor", "red");
    firing.set("datasource", PanelWriter.datasource());
    firing.put(
        "expr",
        "ALERTS{alertname=~\"Busyhour.+\", alertstate=\"firing\", severity=~\"critical|warning\"}");
    firing.put("step", "60s");
    firing.put("titleFormat", "{{alertname}}");
    firing.put("textFormat", "{{account}} {{provider}} {{trunk}} {{campaign}} {{source}}");
    firing.put("tagKeys", "severity,area");
  }

  private void variables(ArrayNode variables) {
    ObjectNode source = variables.addObject();
    source.put("name", "datasource").put("label", "Data source").put("type", "datasource");
    source.put("query", "prometheus").put("regex", "").put("hide", 0).put("refresh", 1);
    dashboard.variables().forEach((name, query) -> variable(variables.addObject(), name, query));
  }

  private static void variable(ObjectNode variable, String name, String query) {
    variable.put("name", name);
    variable.put("label", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    variable.put("type", "query");
    variable.set("datasource", PanelWriter.datasource());
    variable.put("definition", query);
    variable.put("query", query);
    variable.put("refresh", 2).put("sort", 1).put("hide", 0).put("regex", "");
    variable.put("multi", true).put("includeAll", true).put("allValue", ".+");
    variable.putObject("current").put("selected", true).put("text", "All").put("value", "$__all");
  }

  private void row(Row row) {
    ObjectNode json = written.addObject();
    json.put("id", written.size()).put("type", "row").put("title", row.title());
    json.put("collapsed", false);
    json.putArray("panels");
    place(json, 0, COLUMNS, 1);
    top++;
    List<Panel> line = new ArrayList<>();
    int used = 0;
    for (Panel panel : row.panels()) {
      if (used + panel.size().width() > COLUMNS) {
        line(line);
        line.clear();
        used = 0;
      }
      line.add(panel);
      used += panel.size().width();
    }
    line(line);
  }

  /** Panels beside each other; if all are of one width, they fill the line. */
  private void line(List<Panel> line) {
    boolean alike = line.stream().mapToInt(p -> p.size().width()).distinct().count() == 1;
    int height = line.stream().mapToInt(p -> p.size().height()).max().orElseThrow();
    int left = 0;
    for (int i = 0; i < line.size(); i++) {
      Panel panel = line.get(i);
      int next = alike ? COLUMNS * (i + 1) / line.size() : left + panel.size().width();
      ObjectNode json = panels.write(panel, written.size() + 1);
      place(json, left, next - left, height);
      written.add(json);
      left = next;
    }
    top += height;
  }

  private void place(ObjectNode json, int left, int width, int height) {
    json.putObject("gridPos").put("x", left).put("y", top).put("w", width).put("h", height);
  }
}
