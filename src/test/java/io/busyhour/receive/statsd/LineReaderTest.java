package io.busyhour.receive.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.http.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The format, as two tables of named cases. */
class LineReaderTest {
  private static final Path FOLDER = Path.of("src/test/resources/payloads/statsd");

  private record Case(String name, String line, String says) {}

  @TestFactory
  Stream<DynamicTest> publishedLine_saysWhatIsPublished() throws IOException {
    List<Case> cases = cases("published.txt");
    assertThat(cases).hasSize(76);
    return cases.stream().map(LineReaderTest::test);
  }

  @TestFactory
  Stream<DynamicTest> line_saysWhatIsDocumented() throws IOException {
    return cases("lines.txt").stream().map(LineReaderTest::test);
  }

  private static DynamicTest test(Case one) {
    return DynamicTest.dynamicTest(
        one.name(), () -> assertThat(read(bytes(one.line()))).isEqualTo(one.says()));
  }

  private static String read(byte[] line) {
    try {
      Line read = LineReader.read(line, 0, line.length);
      return read.equals(Line.NO_METRIC) ? "ignored" : shown(read);
    } catch (Refusal e) {
      return "refused " + e.reason().word();
    }
  }

  private static String shown(Line line) {
    String samples =
        line.samples().stream().map(LineReaderTest::shown).collect(Collectors.joining("; "));
    return line.name() + " " + new TreeMap<>(line.tags()) + " " + samples;
  }

  private static String shown(Sample sample) {
    return switch (sample) {
      case Sample.Count count -> "count " + plain(count.amount());
      case Sample.Level level -> "level " + plain(level.value());
      case Sample.Change change -> "change " + plain(change.by());
      case Sample.Duration duration ->
          "duration "
              + plain(duration.milliseconds())
              + (duration.times() == 1 ? "" : " x" + duration.times());
      case Sample.Member member -> "member " + member.text();
    };
  }

  private static String plain(java.math.BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static List<Case> cases(String file) throws IOException {
    List<Case> cases = new ArrayList<>();
    List<String> lines =
        Files.readAllLines(FOLDER.resolve(file)).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    for (int i = 0; i < lines.size(); i += 3) {
      cases.add(
          new Case(lines.get(i), lines.get(i + 1).substring(2), lines.get(i + 2).substring(2)));
    }
    return cases;
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
