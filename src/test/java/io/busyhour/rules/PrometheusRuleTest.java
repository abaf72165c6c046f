package io.busyhour.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Kubernetes' form of the rules is the rules'; with {@code -Drules.write=true} it is written.
 *
 * <p>The source of the form is Prometheus Operator's PrometheusRule, monitoring.coreos.com/v1: the
 * groups of all files are those of one object.
 */
class PrometheusRuleTest {
  private static final Path FILE = RuleFile.FOLDER.resolve(RuleFile.PROMETHEUS_RULE);
  private static final String HEAD =
      """
      # All rules as one object for Prometheus Operator. Made of the files beside it:
      #   ./mvnw test -Dtest=PrometheusRuleTest -Drules.write=true
      # The label release is what kube-prometheus-stack looks for: the name of its Helm release.
      """;

  @Test
  void prometheusRule_hasTheGroupsOfAllFiles() throws IOException {
    List<Object> groups = new ArrayList<>();
    for (RuleFile file : RuleFile.all()) {
      groups.addAll((List<?>) RuleFile.yaml(RuleFile.FOLDER.resolve(file.name())).get("groups"));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "monitoring.coreos.com/v1");
    object.put("kind", "PrometheusRule");
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("app.kubernetes.io/name", "busyhour");
    labels.put("release", "prometheus");
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", "busyhour");
    metadata.put("labels", labels);
    object.put("metadata", metadata);
    object.put("spec", Map.of("groups", groups));
    String text = HEAD + RuleFile.text(object);

    if (Boolean.getBoolean("rules.write")) {
      Files.writeString(FILE, text);
    }

    assertThat(FILE).hasContent(text);
  }
}
