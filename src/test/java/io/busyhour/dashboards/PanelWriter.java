package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.dashboards.Alerts.Alert;
import io.busyhour.dashboards.Dashboard.Panel;
import io.busyhour.dashboards.Dashboard.Target;
import io.busyhour.dashboards.Dashboard.Threshold;
import io.busyhour.rules.PromQl;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the JSON of a panel; thresholds are those of its alerts. */
final class PanelWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Kinds of pictures that show the present. */
  private static final Set<String> INSTANT = Set.of("table", "bargauge");

  /** The dashboards that show one of what a label names, and what they call it. */
  private static final Map<String, String> MORE =
      Map.of(
          "account", "busyhour-account?var-account",
          "trunk", "busyhour-trunks?var-trunk",
          "provider", "busyhour-quality?var-provider",
          "campaign_id", "busyhour-campaigns?var-campaign",
          "partner_id", "busyhour-webhooks?var-partner",
          "source", "busyhour-sources?var-source");

  private final Map<String, Alert> alerts;

  PanelWriter(Map<String, Alert> alerts) {
    this.alerts = alerts;
  }

  static ObjectNode datasource() {
    return JSON.createObjectNode().put("type", "prometheus").put("uid", "${datasource}");
  }

  ObjectNode write(Panel panel, int id) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id).put("type", panel.type()).put("title", panel.title());
    json.put("description", description(panel));
    json.set("datasource", datasource());
    runbooks(panel, json.putArray("links"));
    field(panel, json.putObject("fieldConfig"));
    json.set("options", PanelOptions.of(panel));
    targets(panel, json.putArray("targets"));
    if (panel.type().equals("table")) {
      transformations(json.putArray("transformations"));
    }
    return json;
  }

  /** What it shows, which alert watches it, and when it is empty. */
  static String description(Panel panel) {
    List<String> sentences = new ArrayList<>(List.of(panel.says()));
    if (!panel.alerts().isEmpty()) {
      sentences.add("Watched by " + String.join(", ", panel.alerts().keySet()) + ".");
    }
    if (panel.targets().stream().anyMatch(PanelWriter::isRecorded)) {
      sentences.add("Needs the recording rules.");
    }
    if (panel.needs() != null) {
      sentences.add(panel.needs());
    }
    return String.join(" ", sentences);
  }

  private static boolean isRecorded(Target target) {
    return PromQl.selectors(target.expr()).stream().anyMatch(s -> s.name().contains(":"));
  }

  private Alert alert(String name) {
    Alert alert = alerts.get(name);
    if (alert == null) {
      throw new IllegalArgumentException("no alert of rules is named " + name);
    }
    return alert;
  }

  private void runbooks(Panel panel, ArrayNode links) {
    for (String name : panel.alerts().keySet()) {
      links
          .addObject()
          .put("type", "link")
          .put("title", "Runbook: " + name)
          .put("url", alert(name).runbook())
          .put("icon", "doc")
          .put("tooltip", "")
          .put("targetBlank", true)
          .put("asDropdown", false)
          .put("includeVars", false)
          .put("keepTime", false)
          .putArray("tags");
    }
  }

  private void field(Panel panel, ObjectNode field) {
    ObjectNode defaults = field.putObject("defaults");
    defaults.put("unit", panel.unit());
    if (panel.scale().min() != null) {
      put(defaults, "min", panel.scale().min());
    }
    if (panel.scale().max() != null) {
      put(defaults, "max", panel.scale().max());
    }
    List<Threshold> thresholds = thresholds(panel);
    defaults.putObject("color").put("mode", colourMode(panel, thresholds));
    steps(thresholds, defaults.putObject("thresholds").put("mode", "absolute").putArray("steps"));
    defaults.set("mappings", mappings(panel));
    defaults.set("links", more(panel));
    defaults.set("custom", PanelOptions.custom(panel, !thresholds.isEmpty()));
    field.putArray("overrides");
  }

  private static String colourMode(Panel panel, List<Threshold> thresholds) {
    boolean oneColour = panel.type().equals("timeseries") || panel.type().equals("table");
    return oneColour || (thresholds.isEmpty() && !panel.type().equals("stat"))
        ? "palette-classic"
        : "thresholds";
  }

  private List<Threshold> thresholds(Panel panel) {
    List<Threshold> thresholds = new ArrayList<>();
    panel
        .alerts()
        .forEach(
            (name, factor) ->
                alert(name)
                    .threshold()
                    .filter(t -> factor != 0)
                    .map(t -> new Threshold(t.above(), scaled(t.value(), factor), t.colour()))
                    .ifPresent(thresholds::add));
    if (panel.mark() != null) {
      thresholds.add(panel.mark());
    }
    thresholds.sort(Comparator.comparing(Threshold::value));
    return thresholds;
  }

  /** Nine digits, so that a factor leaves no trace of how computers count. */
  private static double scaled(double value, double factor) {
    return new BigDecimal(value * factor).round(new MathContext(9)).doubleValue();
  }

  /** A number as people write it: without a point if it is whole. */
  private static ObjectNode put(ObjectNode node, String name, double value) {
    return value == Math.rint(value) ? node.put(name, (long) value) : node.put(name, value);
  }

  /** Grafana's steps go upwards: the worst of those below first, then green, then those above. */
  private static void steps(List<Threshold> thresholds, ArrayNode steps) {
    List<Threshold> below = thresholds.stream().filter(t -> !t.above()).toList();
    String first = below.isEmpty() ? "green" : below.getFirst().colour();
    steps.addObject().put("color", first).putNull("value");
    for (int i = 0; i < below.size(); i++) {
      String colour = i + 1 < below.size() ? below.get(i + 1).colour() : "green";
      put(steps.addObject().put("color", colour), "value", below.get(i).value());
    }
    thresholds.stream()
        .filter(Threshold::above)
        .forEach(t -> put(steps.addObject().put("color", t.colour()), "value", t.value()));
  }

  private static ArrayNode mappings(Panel panel) {
    ArrayNode mappings = JSON.createArrayNode();
    if (!panel.values().isEmpty()) {
      List<String> colours = List.of("green", "orange", "red");
      ObjectNode options = mappings.addObject().put("type", "value").putObject("options");
      panel
          .values()
          .forEach(
              (value, text) -> {
                int index = options.size();
                options
                    .putObject(value)
                    .put("text", text)
                    .put("color", colours.get(index))
                    .put("index", index);
              });
    }
    return mappings;
  }

  /** Links from a series to the dashboard of what it is named after. */
  private static ArrayNode more(Panel panel) {
    ArrayNode links = JSON.createArrayNode();
    for (String label : PromQl.legendLabels(panel.targets().getFirst().legend())) {
      if (MORE.containsKey(label)) {
        String url = "/d/%s=${__field.labels.%s}&${__url_time_range}";
        links
            .addObject()
            .put("title", "More of ${__field.labels.%s}".formatted(label))
            .put("url", url.formatted(MORE.get(label), label));
      }
    }
    return links;
  }

  private static void targets(Panel panel, ArrayNode targets) {
    char ref = 'A';
    for (Target target : panel.targets()) {
      ObjectNode json = targets.addObject().put("refId", String.valueOf(ref++));
      json.set("datasource", datasource());
      json.put("expr", target.expr());
      json.put("legendFormat", target.legend().isEmpty() ? "__auto" : target.legend());
      boolean now = INSTANT.contains(panel.type()) || target.expr().contains("$__range:");
      json.put("instant", now).put("range", !now);
      if (panel.type().equals("table") || panel.type().equals("heatmap")) {
        json.put("format", panel.type());
      }
      if (panel.type().equals("timeseries") && target.isQuantile()) {
        json.put("exemplar", true);
      }
    }
  }

  private static void transformations(ArrayNode transformations) {
    ObjectNode options = transformations.addObject().put("id", "organize").putObject("options");
    ObjectNode hidden = options.putObject("excludeByName");
    List.of("Time", "__name__", "alertstate", "job").forEach(name -> hidden.put(name, true));
    options.putObject("indexByName");
    options.putObject("renameByName");
  }
}
