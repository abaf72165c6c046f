package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.dashboards.Dashboard.Panel;

/** How each kind of picture is drawn. */
final class PanelOptions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PanelOptions() {}

  /** The options of a panel. */
  static ObjectNode of(Panel panel) {
    ObjectNode options = JSON.createObjectNode();
    switch (panel.type()) {
      case "stat" -> {
        options.put("colorMode", "value").put("graphMode", "area").put("justifyMode", "auto");
        options.put("orientation", "auto").put("textMode", "auto").put("wideLayout", true);
        options.put("showPercentChange", false).put("percentChangeColorMode", "standard");
        reduce(options);
      }
      case "gauge" -> {
        options.put("showThresholdLabels", false).put("showThresholdMarkers", true);
        options.put("orientation", "auto").put("sizing", "auto");
        options.put("minVizWidth", 75).put("minVizHeight", 75);
        reduce(options);
      }
      case "bargauge" -> {
        options.put("displayMode", "basic").put("orientation", "horizontal");
        options.put("showUnfilled", true).put("valueMode", "color").put("namePlacement", "auto");
        options.put("sizing", "auto").put("minVizWidth", 8);
        options.put("minVizHeight", 16).put("maxVizHeight", 300);
        legend(options, "list", false).putArray("calcs");
        reduce(options);
      }
      case "timeseries" -> {
        legend(options, "table", true).putArray("calcs").add("lastNotNull").add("max");
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
      }
      case "state-timeline" -> {
        options.put("mergeValues", true).put("showValue", "never").put("rowHeight", 0.8);
        legend(options, "list", true).putArray("calcs");
        options.putObject("tooltip").put("mode", "single").put("sort", "none");
      }
      case "table" -> options.put("showHeader", true).put("cellHeight", "sm").put("frameIndex", 0);
      case "heatmap" -> heatmap(options, panel);
      default -> throw new IllegalArgumentException("no such kind of panel: " + panel.type());
    }
    return options;
  }

  private static void reduce(ObjectNode options) {
    ObjectNode reduce = options.putObject("reduceOptions");
    reduce.put("fields", "").put("values", false).putArray("calcs").add("lastNotNull");
  }

  private static ObjectNode legend(ObjectNode options, String mode, boolean shown) {
    return options
        .putObject("legend")
        .put("displayMode", mode)
        .put("placement", "bottom")
        .put("showLegend", shown);
  }

  private static void heatmap(ObjectNode options, Panel panel) {
    options.put("calculate", false).put("cellGap", 1).put("showValue", "never");
    options
        .putObject("color")
        .put("mode", "scheme")
        .put("scheme", "Oranges")
        .put("steps", 64)
        .put("exponent", 0.5)
        .put("fill", "dark-orange")
        .put("reverse", false);
    options.putObject("exemplars").put("color", "rgba(255,0,255,0.7)");
    options.putObject("filterValues").put("le", 1e-9);
    options.putObject("legend").put("show", true);
    options.putObject("rowsFrame").put("layout", "auto");
    options.putObject("tooltip").put("mode", "single").put("yHistogram", false);
    options.putObject("yAxis").put("axisPlacement", "left").put("unit", panel.unit());
  }

  /** What only some kinds of pictures have. */
  static ObjectNode custom(Panel panel, boolean hasThresholds) {
    ObjectNode custom = JSON.createObjectNode();
    switch (panel.type()) {
      case "timeseries" -> {
        boolean stacked = panel.scale().stack();
        custom.put("drawStyle", "line").put("lineWidth", 1).put("fillOpacity", stacked ? 40 : 8);
        custom.put("showPoints", "never").put("spanNulls", false).put("axisPlacement", "auto");
        custom.put("axisSoftMin", 0);
        custom.putObject("stacking").put("mode", stacked ? "normal" : "none").put("group", "A");
        custom.putObject("thresholdsStyle").put("mode", hasThresholds ? "dashed" : "off");
      }
      case "state-timeline" -> custom.put("fillOpacity", 70).put("lineWidth", 0);
      case "table" ->
          custom
              .put("align", "auto")
              .put("inspect", false)
              .putObject("cellOptions")
              .put("type", "auto");
      default -> {}
    }
    return custom;
  }
}
