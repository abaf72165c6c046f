package io.busyhour.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortRulesTest {
  @Test
  void rules_shortened_keepAllButTime() {
    assertThat(
            ShortRules.shortened(
                """
                groups:
                  - name: a
                    interval: 30s
                    rules:
                      - alert: A
                        expr: |
                          rate(x_total{le="5m"}[10m]) > 0.30
                          and increase(y_total[1h:5m] offset 6d22h45m) >= 20
                          and on () rate(y_total[3h]) > 3600
                        for: 10m
                        keep_firing_for: 15m
                        annotations:
                          description: within 5 minutes
                """))
        .isEqualTo(
            """
            groups:
              - name: a
                interval: 1s
                rules:
                  - alert: A
                    expr: |
                      rate(x_total{le="5m"}[15s]) > 0.30
                      and increase(y_total[90s:1s] offset 15007s) >= 20
                      and on () rate(y_total[270s]) > 3600
                    for: 8s
                    keep_firing_for: 8s
                    annotations:
                      description: within 5 minutes
            """);
  }

  @Test
  void copy_isOfEachFileThatPrometheusLoads(@TempDir Path folder) throws IOException {
    ShortRules.copy(folder);

    for (RuleFile file : RuleFile.all()) {
      assertThat(folder.resolve(file.name())).content().contains("groups:").doesNotContain("[1h]");
    }
    assertThat(folder.toFile().list()).hasSameSizeAs(RuleFile.all());
  }
}
