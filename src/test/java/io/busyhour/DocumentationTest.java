package io.busyhour;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents in {@code docs} say is what the code has. */
class DocumentationTest {
  private static final Pattern SETTING = Pattern.compile("\"((?:busyhour|server)\\.[a-z.-]+)\"");
  private static final Pattern FAMILY =
      Pattern.compile("(campaign|webhook|dialer|voice|twilio|busyhour)_[a-z_]+");

  @Test
  void setting_isDocumented() throws IOException {
    String document = Files.readString(Path.of("docs/settings.md"));
    String code =
        Files.readString(Path.of("src/main/java/io/busyhour/boot/settings/Settings.java"));
    List<String> keys = SETTING.matcher(code).results().map(found -> found.group(1)).toList();
    assertThat(keys).hasSizeGreaterThan(10).allMatch(document::contains);
  }

  @Test
  void event_isDocumented() throws IOException {
    String document = Files.readString(Path.of("docs/api.md"));
    assertThat(EventType.values())
        .filteredOn(EventType::isPublic)
        .allMatch(type -> document.contains("| " + type.wireName() + " | "));
  }

  @Test
  void metric_thatIsDocumented_exists() throws IOException {
    String code =
        SourceTree.main().stream().map(SourceTree.Source::text).collect(Collectors.joining());
    List<String> families;
    try (Stream<String> lines = Files.lines(Path.of("docs/metrics.md"))) {
      families =
          lines
              .filter(line -> line.startsWith("| "))
              .map(line -> line.split("\\|", 3)[1])
              .flatMap(cell -> FAMILY.matcher(cell).results().map(MatchResult::group))
              .toList();
    }
    assertThat(families)
        .hasSizeGreaterThan(30)
        .allMatch(family -> code.contains(family.replaceFirst("_samples$", "")));
  }
}
