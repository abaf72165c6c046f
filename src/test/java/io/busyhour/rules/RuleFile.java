package io.busyhour.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One file of rules.
 *
 * @param name of the file, without its folder
 */
public record RuleFile(String name, List<Group> groups) {
  /** Where rules are. */
  public static final Path FOLDER = Path.of("rules");

  /** What Kubernetes is given: made of the others. */
  static final String PROMETHEUS_RULE = "busyhour-prometheusrule.yaml";

  /**
   * A group of rules.
   *
   * @param interval between two evaluations, or empty where Prometheus' own is meant
   */
  public record Group(String name, String interval, List<Rule> rules) {}

  /** A rule, in the words of its file. */
  public record Rule(Map<String, Object> fields) {
    /** Its name: of what is recorded, or of the alert. */
    public String name() {
      return text(isAlert() ? "alert" : "record");
    }

    /** Whether it is an alert and no recorded series. */
    public boolean isAlert() {
      return fields.containsKey("alert");
    }

    /** What it evaluates. */
    public String expr() {
      return text("expr");
    }

    /** A field as text; empty where it is not there. */
    public String text(String field) {
      return String.valueOf(fields.getOrDefault(field, ""));
    }

    /** Its labels. */
    public Map<?, ?> labels() {
      return (Map<?, ?>) fields.getOrDefault("labels", Map.of());
    }

    /** Its annotations. */
    public Map<?, ?> annotations() {
      return (Map<?, ?>) fields.getOrDefault("annotations", Map.of());
    }
  }

  /** All files that Prometheus loads, in the order of their names. */
  public static List<RuleFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("busyhour-.*\\.yaml"))
          .filter(file -> !file.endsWith(PROMETHEUS_RULE))
          .sorted()
          .map(RuleFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuleFile read(Path file) {
    List<Group> groups = new ArrayList<>();
    for (Object group : (List<?>) yaml(file).get("groups")) {
      Map<?, ?> fields = (Map<?, ?>) group;
      List<Rule> rules = new ArrayList<>();
      for (Object rule : (List<?>) fields.get("rules")) {
        @SuppressWarnings("unchecked") // a mapping's keys are texts
        Map<String, Object> named = (Map<String, Object>) rule;
        rules.add(new Rule(named));
      }
      Object interval = fields.get("interval");
      groups.add(
          new Group(
              (String) fields.get("name"), interval == null ? "" : interval.toString(), rules));
    }
    return new RuleFile(file.getFileName().toString(), groups);
  }

  /** What stands in a YAML file, which is a mapping. */
  public static Map<String, Object> yaml(Path file) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of YAML, for people. */
  static String text(Object content) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(Integer.MAX_VALUE);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    return new Yaml(options).dump(content);
  }

  /** All its rules. */
  public List<Rule> rules() {
    return groups.stream().flatMap(group -> group.rules().stream()).toList();
  }

  /** All its alerts. */
  public List<Rule> alerts() {
    return rules().stream().filter(Rule::isAlert).toList();
  }
}
