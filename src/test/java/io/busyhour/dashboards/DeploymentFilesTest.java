package io.busyhour.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.busyhour.rules.RuleFile;
import io.busyhour.rules.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The files that docs/grafana.md and docs/prometheus.md tell people to use. */
class DeploymentFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DEPLOY = Path.of("deploy");
  private static final int SHARDS = 16;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules/prometheus.yml",
        "deploy/mimir/prometheus.yml",
        "deploy/thanos/prometheus.yml"
      })
  void prometheus_takesTheConfiguration(String file) throws Exception {
    Tool.need("promtool");
    String said = run(List.of("promtool", "check", "config", file));
    assertThat(said).contains("SUCCESS: " + file + " is valid").doesNotContain("FAILED");
    for (RuleFile rules : RuleFile.all()) {
      assertThat(said).contains(rules.name());
    }
  }

  @Test
  void tiers_differInNothingButTheTime() throws Exception {
    JsonNode groups = DashboardSource.yaml(DEPLOY.resolve("retention/busyhour-tiers.yaml"));
    Map<String, List<String>> tiers = new TreeMap<>();
    for (JsonNode group : groups.get("groups")) {
      String tier = group.get("name").textValue().replaceAll("busyhour-tier-|\\.rules", "");
      List<String> rules = new ArrayList<>();
      for (JsonNode rule : group.get("rules")) {
        String text = rule.get("record").textValue() + " = " + rule.get("expr").textValue();
        assertThat(text).startsWith("tier_" + tier + ":").contains("[" + tier);
        rules.add(text.replace(tier, "T"));
      }
      tiers.put(tier, rules);
    }
    assertThat(tiers).containsOnlyKeys("5m", "1h", "1d");
    assertThat(new TreeSet<>(tiers.values().stream().map(List::toString).toList())).hasSize(1);
    Tool.need("promtool");
    assertThat(
            run(
                List.of(
                    "promtool",
                    "check",
                    "rules",
                    "--lint-fatal",
                    "deploy/retention/busyhour-tiers.yaml")))
        .contains("SUCCESS");
  }

  @Test
  void mimir_keepsEachTierForItsTime_andAnAccountInOneOfSixteenTenants() {
    JsonNode writes =
        DashboardSource.yaml(DEPLOY.resolve("mimir/prometheus.yml")).get("remote_write");
    List<String> tenants = new ArrayList<>();
    List<String> remainders = new ArrayList<>();
    for (JsonNode write : writes) {
      tenants.add(write.at("/headers/X-Scope-OrgID").textValue());
      JsonNode relabel = write.get("write_relabel_configs");
      if (write.get("name").textValue().startsWith("samples-")) {
        assertThat(relabel.at("/1/modulus").intValue()).isEqualTo(SHARDS);
        assertThat(relabel.at("/1/source_labels/0").textValue()).isEqualTo("account");
        remainders.add(relabel.at("/2/regex").textValue());
        assertThat(relabel.at("/3/action").textValue()).isEqualTo("labeldrop");
      }
    }
    assertThat(remainders)
        .containsExactlyElementsOf(
            Stream.iterate(0, n -> n + 1).limit(SHARDS).map(String::valueOf).toList());
    assertThat(tenants).hasSize(SHARDS + 3).doesNotHaveDuplicates();
    JsonNode source = DashboardSource.yaml(DEPLOY.resolve("mimir/datasource.yaml"));
    assertThat(
            source
                .at("/datasources/0/secureJsonData/httpHeaderValue1")
                .textValue()
                .split("\\|", -1))
        .containsExactlyInAnyOrderElementsOf(tenants);
    String period = "compactor_blocks_retention_period";
    JsonNode mimir = DashboardSource.yaml(DEPLOY.resolve("mimir/mimir.yaml"));
    assertThat(mimir.at("/limits/" + period).textValue()).isEqualTo("7d");
    assertThat(mimir.at("/tenant_federation/enabled").booleanValue()).isTrue();
    JsonNode kept = DashboardSource.yaml(DEPLOY.resolve("mimir/runtime.yaml")).get("overrides");
    assertThat(kept.at("/busyhour-5m/" + period).textValue()).isEqualTo("30d");
    assertThat(kept.at("/busyhour-1h/" + period).textValue()).isEqualTo("90d");
    assertThat(kept.at("/busyhour-1d/" + period).textValue()).isEqualTo("365d");
    assertThat(tenants).contains("busyhour-5m", "busyhour-1h", "busyhour-1d");
  }

  @Test
  void thanos_keepsEachResolutionForItsTime() throws IOException {
    JsonNode services = DashboardSource.yaml(DEPLOY.resolve("thanos/compose.yaml")).get("services");
    assertThat(options(services, "compact"))
        .contains(
            "--retention.resolution-raw=7d",
            "--retention.resolution-5m=30d",
            "--retention.resolution-1h=90d");
    assertThat(options(services, "compact-days"))
        .contains("--retention.resolution-raw=365d", "--downsampling.disable");
    assertThat(options(services, "receive")).contains("--receive.split-tenant-label-name=account");
    JsonNode ring = JSON.readTree(DEPLOY.resolve("thanos/hashring.json").toFile());
    assertThat(ring.at("/0/endpoints")).hasSize(3);
  }

  private static List<String> options(JsonNode services, String service) {
    List<String> options = new ArrayList<>();
    services.get(service).get("command").forEach(option -> options.add(option.textValue()));
    return options;
  }

  @Test
  void serviceMonitor_selectsItsService_andNamesTheJob() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    String text = Files.readString(DEPLOY.resolve("kubernetes/servicemonitor.yaml"));
    new Yaml().loadAll(text).forEach(object -> objects.add(JSON.valueToTree(object)));
    JsonNode service = objects.getFirst();
    JsonNode monitor = objects.getLast();
    assertThat(monitor.get("apiVersion").textValue()).isEqualTo("monitoring.coreos.com/v1");
    assertThat(service.at("/metadata/labels")).isEqualTo(monitor.at("/spec/selector/matchLabels"));
    String job = monitor.at("/spec/jobLabel").textValue();
    assertThat(service.at("/metadata/labels").get(job).textValue()).isEqualTo("busyhour");
    JsonNode endpoint = monitor.at("/spec/endpoints/0");
    assertThat(endpoint.get("port")).isEqualTo(service.at("/spec/ports/0/name"));
    assertThat(endpoint.at("/authorization/credentials/key").textValue()).isEqualTo("token");
  }

  @Test
  void provisioning_isForTheFoldersThatTheGuideMounts() throws IOException {
    Path folder = Path.of("dashboards/provisioning");
    JsonNode provider =
        DashboardSource.yaml(folder.resolve("dashboards/busyhour.yaml")).at("/providers/0");
    String path = provider.at("/options/path").textValue();
    assertThat(Files.readString(Path.of("docs/grafana.md")))
        .contains("/dashboards:" + path + "\"")
        .contains("/dashboards/provisioning:/etc/grafana/provisioning\"");
    assertThat(provider.get("type").textValue()).isEqualTo("file");
    JsonNode sources = DashboardSource.yaml(folder.resolve("datasources/busyhour.yaml"));
    JsonNode source = sources.at("/datasources/0/jsonData");
    assertThat(source.get("timeInterval"))
        .isEqualTo(
            DashboardSource.yaml(Path.of("rules/prometheus.yml")).at("/global/scrape_interval"));
    assertThat(source.get("alertmanagerUid")).isEqualTo(sources.at("/datasources/1/uid"));
    // In these files $$ is a dollar sign, and any other $ a variable of the environment.
    assertThat(source.at("/exemplarTraceIdDestinations/0/url").textValue())
        .contains("$${__value.raw}");
  }

  /** The lines of docs/grafana.md, run against what could be Grafana. */
  @Test
  void import_sendsEachDashboard() throws Exception {
    List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer grafana = HttpServer.create(any, 0);
    grafana.createContext(
        "/api/dashboards/db",
        exchange -> {
          received.add(JSON.readTree(exchange.getRequestBody()));
          boolean let = "Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(let ? 200 : 401, -1);
          exchange.close();
        });
    grafana.start();
    try {
      String guide = Files.readString(Path.of("docs/grafana.md"));
      String readme = Files.readString(Path.of("README.md"));
      Matcher lines = Pattern.compile("```sh\n(for .*?done)\n```", Pattern.DOTALL).matcher(guide);
      assertThat(lines.find()).isTrue();
      assertThat(lines.group(1).lines()).hasSize(3);
      assertThat(readme).contains(lines.group(1));
      String url = "http://127.0.0.1:" + grafana.getAddress().getPort();
      String script = "set -e; GRAFANA_TOKEN=t GRAFANA_URL=" + url + "\n" + lines.group(1);
      assertThat(run(List.of("bash", "-c", script))).isEmpty();
    } finally {
      grafana.stop(0);
    }
    List<JsonNode> dashboards = received.stream().map(body -> body.get("dashboard")).toList();
    assertThat(dashboards).isEqualTo(MadeDashboards.all());
  }

  private static String run(List<String> command) throws IOException {
    Tool.Outcome outcome = Tool.run(Path.of("."), command);
    assertThat(outcome.exit()).as(outcome.said()).isZero();
    return outcome.said();
  }
}
