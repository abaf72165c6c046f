package io.busyhour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/metrics.md} says of each family. */
public final class Catalogue {
  private static final Pattern NAME = Pattern.compile("[a-z]+_[a-z0-9_]+");
  private static final Pattern BUCKETS = Pattern.compile("Buckets ([0-9. ]*[0-9])");

  /**
   * One family.
   *
   * @param buckets the upper bounds of a histogram without infinity; empty if none are documented
   */
  public record Documented(String name, String type, Set<String> labels, List<Double> buckets) {}

  /**
   * Families whose names their senders choose.
   *
   * @param name what they are all called
   */
  public record Form(Pattern name, String type, List<Double> buckets) {}

  private Catalogue() {}

  /**
   * The forms of names that are documented instead of names, such as {@code statsd_{name}_total}.
   */
  public static List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    for (String line : lines()) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (cells.length >= 5 && cells[1].contains("{name}")) {
        Pattern name = Pattern.compile(cells[1].replace("{name}", "[a-zA-Z0-9_]+"));
        forms.add(new Form(name, cells[2], buckets(cells[4])));
      }
    }
    return forms;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("docs/metrics.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All families, in the order of the document. */
  public static List<Documented> read() {
    List<Documented> families = new ArrayList<>();
    for (String line : lines()) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (cells.length >= 5 && NAME.matcher(cells[1].split(",", 2)[0]).matches()) {
        for (String name : cells[1].split(",\\s*", -1)) {
          families.add(new Documented(name, cells[2], labels(cells[3]), buckets(cells[4])));
        }
      }
    }
    return families;
  }

  private static Set<String> labels(String cell) {
    String names = cell.replaceAll("\\([^)]*\\)", "");
    return new TreeSet<>(
        Arrays.stream(names.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList());
  }

  private static List<Double> buckets(String cell) {
    Matcher found = BUCKETS.matcher(cell);
    return found.find()
        ? Arrays.stream(found.group(1).split(" ", -1)).map(Double::valueOf).toList()
        : List.of();
  }
}
