package io.busyhour.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus' and Alertmanager's own tools say of the rules. */
class PromtoolRulesTest {
  private static final Path TESTS = RuleFile.FOLDER.resolve("tests");

  static List<String> routes() throws IOException {
    return Files.readAllLines(TESTS.resolve("alertmanager_routes.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @Test
  void rules_areAccepted() throws IOException {
    Tool.need("promtool");
    List<String> command = new ArrayList<>(List.of("promtool", "check", "rules", "--lint-fatal"));
    RuleFile.all().forEach(file -> command.add(file.name()));

    Tool.Outcome outcome = Tool.run(RuleFile.FOLDER, command);

    assertThat(outcome.exit()).as(outcome.said()).isZero();
  }

  @Test
  void unitTests_pass() throws IOException {
    Tool.needForProof("promtool");

    Tool.Outcome outcome = Tool.run(TESTS, "sh", "run");

    assertThat(outcome.exit()).as(outcome.said()).isZero();
  }

  @Test
  void alertmanagersExample_isAccepted() throws IOException {
    Tool.need("amtool");

    Tool.Outcome outcome = Tool.run(RuleFile.FOLDER, "amtool", "check-config", "alertmanager.yaml");

    assertThat(outcome.exit()).as(outcome.said()).isZero();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void alert_reachesItsReceivers(String line) throws IOException {
    Tool.need("amtool");
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    List<String> command =
        new ArrayList<>(
            List.of("amtool", "config", "routes", "test", "--config.file=alertmanager.yaml"));
    command.add("--verify.receivers=" + words.removeFirst());
    command.addAll(words);

    Tool.Outcome outcome = Tool.run(RuleFile.FOLDER, command);

    assertThat(outcome.exit()).as(outcome.said()).isZero();
  }
}
