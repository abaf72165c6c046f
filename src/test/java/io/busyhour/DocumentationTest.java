package io.busyhour;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the documents in {@code docs} say is what the code has; the metrics are compared with a
 * scrape by the catalogue's own test.
 */
class DocumentationTest {
  private static final Pattern SETTING = Pattern.compile("\"((?:busyhour|server)\\.[a-z0-9.-]+)\"");

  @Test
  void setting_isDocumented() throws IOException {
    String document = Files.readString(Path.of("docs/settings.md"));
    Path folder = Path.of("src/main/java/io/busyhour/boot/settings");
    String code =
        Files.readString(folder.resolve("Settings.java"))
            + Files.readString(folder.resolve("WebhookSettings.java"));
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
}
