package io.busyhour.rules;

import io.busyhour.rules.PromQl.Selector;
import io.busyhour.rules.RuleFile.Group;
import io.busyhour.rules.RuleFile.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Changes every number, comparison and wait of every alert, and says which changes no unit test
 * notices. Run it by {@code rules/tests/mutate}, with parts of alerts' names to try only these.
 *
 * <p>Each round changes one thing in each alert of a file, so that promtool runs seldom; it is
 * given no more than these alerts, what they need, and their tests.
 */
final class Mutations {
  private static final Pattern NOTICED = Pattern.compile("alertname: (\\w+)");
  private static final Path TESTS = RuleFile.FOLDER.resolve("tests");

  /** The outcome of all rounds of a file. */
  private record Tried(int mutants, List<String> unnoticed) {}

  private final RuleFile file;
  private final List<RuleFile> all;
  private final List<Map<String, Object>> tests;

  private Mutations(RuleFile file, List<RuleFile> all, List<Map<String, Object>> tests) {
    this.file = file;
    this.tests = tests;
    this.all = all;
  }

  /** Arguments: parts of names of alerts; none means all. */
  public static void main(String[] only) throws Exception {
    List<RuleFile> all = RuleFile.all();
    List<Map<String, Object>> tests = tests();
    int processors = Runtime.getRuntime().availableProcessors();
    int mutants = 0;
    List<String> unnoticed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      List<Future<Tried>> tried = new ArrayList<>();
      for (RuleFile file : all) {
        tried.add(threads.submit(() -> new Mutations(file, all, tests).rounds(List.of(only))));
      }
      for (Future<Tried> one : tried) {
        mutants += one.get().mutants();
        unnoticed.addAll(one.get().unnoticed());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    unnoticed.forEach(System.out::println);
    System.out.printf("%d changes of alerts, %d unnoticed by tests%n", mutants, unnoticed.size());
    if (mutants == 0 || !unnoticed.isEmpty()) {
      throw new AssertionError("each change of an alert must make a unit test of it fail");
    }
  }

  private static List<Map<String, Object>> tests() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      return files
          .filter(test -> test.toString().endsWith("_test.yaml"))
          .sorted()
          .map(RuleFile::yaml)
          .toList();
    }
  }

  private Tried rounds(List<String> only) throws IOException {
    Map<String, List<Mutant>> mutants = new LinkedHashMap<>();
    for (Rule alert : file.alerts()) {
      if (only.isEmpty() || only.stream().anyMatch(alert.name()::contains)) {
        mutants.put(alert.name(), Mutant.of(alert));
      }
    }
    Map<String, Mutant> same = new LinkedHashMap<>();
    file.alerts().stream()
        .filter(alert -> mutants.containsKey(alert.name()))
        .forEach(alert -> same.put(alert.name(), new Mutant("nothing", alert)));
    if (!noticed(same).isEmpty()) {
      throw new IllegalStateException("unit tests fail before anything is changed: " + file.name());
    }
    List<String> unnoticed = new ArrayList<>();
    int most = mutants.values().stream().mapToInt(List::size).max().orElse(0);
    for (int round = 0; round < most; round++) {
      Map<String, Mutant> tried = new LinkedHashMap<>();
      for (Map.Entry<String, List<Mutant>> alert : mutants.entrySet()) {
        if (round < alert.getValue().size()) {
          tried.put(alert.getKey(), alert.getValue().get(round));
        }
      }
      Set<String> noticed = noticed(tried);
      tried.forEach(
          (alert, mutant) -> {
            if (!noticed.contains(alert)) {
              unnoticed.add(alert + ": " + mutant.what());
            }
          });
    }
    return new Tried(mutants.values().stream().mapToInt(List::size).sum(), unnoticed);
  }

  /** The alerts whose tests fail with the mutants. */
  private Set<String> noticed(Map<String, Mutant> mutants) throws IOException {
    Path folder = Files.createTempDirectory("busyhour-mutants");
    try {
      List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
      for (Map<String, Object> test : tests) {
        Map<String, Object> narrowed = narrowed(test, mutants.keySet());
        if (!((List<?>) narrowed.get("tests")).isEmpty()) {
          String name = "test" + command.size() + ".yaml";
          Object groups = changed(mutants, String.valueOf(test.get("rule_files")));
          Files.writeString(
              folder.resolve("rules-of-" + name), RuleFile.text(Map.of("groups", groups)));
          narrowed.put("rule_files", List.of("rules-of-" + name));
          Files.writeString(folder.resolve(name), RuleFile.text(narrowed));
          command.add(name);
        }
      }
      if (command.size() == 3) {
        return Set.of();
      }
      Tool.Outcome outcome = Tool.run(folder, command);
      Set<String> noticed = new TreeSet<>();
      for (MatchResult found : NOTICED.matcher(outcome.said()).results().toList()) {
        noticed.add(found.group(1));
      }
      if (outcome.exit() != 0 && noticed.isEmpty()) {
        throw new IllegalStateException(mutants.keySet() + ":\n" + outcome.said());
      }
      return noticed;
    } finally {
      delete(folder);
    }
  }

  /** The groups of files with the mutants for their alerts, and what these need; no others. */
  private List<Object> changed(Map<String, Mutant> mutants, String files) {
    List<Group> groups =
        all.stream()
            .filter(one -> files.contains(one.name()))
            .flatMap(one -> one.groups().stream())
            .toList();
    Set<String> needed = needed(groups, mutants.values().stream().map(Mutant::rule));
    List<Object> changed = new ArrayList<>();
    for (Group group : groups) {
      List<Object> rules = new ArrayList<>();
      for (Rule rule : group.rules()) {
        if (rule.isAlert() && mutants.containsKey(rule.name())) {
          rules.add(mutants.get(rule.name()).rule().fields());
        } else if (!rule.isAlert() && needed.contains(rule.name())) {
          rules.add(rule.fields());
        }
      }
      Map<String, Object> fields = new LinkedHashMap<>(Map.of("name", group.name()));
      if (!group.interval().isEmpty()) {
        fields.put("interval", group.interval());
      }
      fields.put("rules", rules);
      if (!rules.isEmpty()) {
        changed.add(fields);
      }
    }
    return changed;
  }

  /** The recorded series that the alerts ask for, and those that these ask for. */
  private static Set<String> needed(List<Group> groups, Stream<Rule> alerts) {
    Set<String> names = new TreeSet<>();
    List<Rule> open = new ArrayList<>(alerts.toList());
    while (!open.isEmpty()) {
      for (Selector selector : PromQl.selectors(open.removeLast().expr())) {
        if (selector.name().contains(":") && names.add(selector.name())) {
          groups.stream()
              .flatMap(group -> group.rules().stream())
              .filter(rule -> !rule.isAlert() && rule.name().equals(selector.name()))
              .forEach(open::add);
        }
      }
    }
    return names;
  }

  /** A file of tests with only those that ask for one of the alerts, and for nothing else. */
  private static Map<String, Object> narrowed(Map<String, Object> test, Set<String> alerts) {
    Map<String, Object> narrowed = new LinkedHashMap<>(test);
    List<Object> groups = new ArrayList<>();
    for (Object group : (List<?>) test.get("tests")) {
      Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) group);
      List<?> asked = (List<?>) fields.getOrDefault("alert_rule_test", List.of());
      List<?> wanted =
          asked.stream()
              .filter(one -> alerts.contains(String.valueOf(((Map<?, ?>) one).get("alertname"))))
              .toList();
      if (!wanted.isEmpty()) {
        fields.put("alert_rule_test", wanted);
        fields.remove("promql_expr_test");
        groups.add(fields);
      }
    }
    narrowed.put("tests", groups);
    return narrowed;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
