package io.busyhour.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.dashboards.Alerts.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is made of the dashboards' sources and the rules is what is there. */
class DashboardFilesTest {
  private static final String MEND =
      "./mvnw -q test -Dtest=DashboardFilesTest -Ddashboards.write=true";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("dashboards");

  @Test
  void files_areMadeOfTheirSources() throws IOException {
    Map<Path, String> made = made();
    if (Boolean.getBoolean("dashboards.write")) {
      for (Map.Entry<Path, String> file : made.entrySet()) {
        Files.writeString(file.getKey(), file.getValue());
      }
    }
    List<Path> stale = new ArrayList<>();
    for (Map.Entry<Path, String> file : made.entrySet()) {
      boolean there = Files.exists(file.getKey());
      if (!there || !Files.readString(file.getKey()).equals(file.getValue())) {
        stale.add(file.getKey());
      }
    }
    assertThat(stale).as("not made of their sources; mend with %s", MEND).isEmpty();
  }

  @Test
  void folder_holdsNoOtherDashboards() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")).toList())
          .isSubsetOf(made().keySet());
    }
  }

  @Test
  void alert_isNamedByAPanel() {
    Set<String> named =
        DashboardSource.all().stream()
            .flatMap(Dashboard::panels)
            .flatMap(panel -> panel.alerts().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    // It always fires, so that silence is noticed.
    named.add("BusyhourWatchdog");
    assertThat(Alerts.read().keySet()).isSubsetOf(named);
  }

  private static Map<Path, String> made() throws JsonProcessingException {
    List<Dashboard> dashboards = DashboardSource.all();
    Map<String, Alert> alerts = Alerts.read();
    Map<Path, String> made = new LinkedHashMap<>();
    for (Dashboard dashboard : dashboards) {
      made.put(
          FOLDER.resolve(dashboard.uid() + ".json"), text(DashboardWriter.json(dashboard, alerts)));
    }
    made.put(Path.of("docs/dashboards.md"), GuideWriter.page(dashboards));
    made.put(FOLDER.resolve("kustomization.yaml"), KustomizationWriter.text(dashboards));
    return made;
  }

  private static String text(ObjectNode json) throws JsonProcessingException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer).writeValueAsString(json) + "\n";
  }
}
