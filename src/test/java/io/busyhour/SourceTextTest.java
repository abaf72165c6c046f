package io.busyhour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Rules that bytecode does not show: what a compiler inlines, and what only stands in the text. The
 * words looked for are taken apart here, or this file would break its own rules.
 */
class SourceTextTest {
  private static final int MOST_LINES = 400;
  private static final int MOST_COLUMNS = 100;
  private static final int MOST_LINES_OF_A_METHOD = 60;

  /** What begins a member of a top-level type, at the formatter's indentation. */
  private static final Pattern DECLARATION = Pattern.compile(" {2}[^ }@/*].*");

  private static final Pattern TYPE =
      Pattern.compile(" {2}(\\w+ )*(class|interface|enum|record|@interface) .*");

  @Test
  void exit_isBootsAndTheCommandLinesToMake() {
    assertThat(lines(SourceTree.main(), contains("System." + "exit")))
        .allMatch(line -> line.contains("/busyhour/boot/") || line.contains("/busyhour/cli/"));
  }

  /** An interrupt that hits a thread in H2 closes the file of the database, for everybody. */
  @Test
  void interrupt_isForThreadsThatNeverReadTheDatabase() {
    Pattern interrupting = Pattern.compile("\\.cancel\\(" + "true\\)|\\.shutdown" + "Now\\(");
    assertThat(lines(SourceTree.main(), line -> interrupting.matcher(line).find()))
        .allMatch(line -> line.contains("/busyhour/poll/"));
  }

  @Test
  void import_isOfOneName() {
    assertThat(lines(SourceTree.all(), line -> line.matches("import .*\\*;"))).isEmpty();
  }

  @Test
  void comment_leavesNothingToDo() {
    Pattern word = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    assertThat(lines(SourceTree.all(), line -> word.matcher(line).find())).isEmpty();
  }

  @Test
  void comment_namesNoAuthor() {
    assertThat(lines(SourceTree.all(), contains("@" + "author"))).isEmpty();
  }

  @Test
  void comment_holdsNoCode() {
    Pattern code = Pattern.compile("^\\s*//.*(;|\\{|\\})\\s*$");
    assertThat(lines(SourceTree.all(), line -> code.matcher(line).find())).isEmpty();
  }

  @Test
  void test_doesNotSleep() {
    assertThat(lines(SourceTree.tests(), contains("Thread." + "sleep"))).isEmpty();
  }

  @Test
  void test_usesNoMockLibrary() {
    Pattern mocks = Pattern.compile("import .*(mock" + "ito|easy" + "mock|jmock|wiremock).*");
    assertThat(lines(SourceTree.tests(), line -> mocks.matcher(line).matches())).isEmpty();
  }

  @Test
  void stage_namesNoOtherInItsText() {
    // ArchUnit does not see constants that were inlined: imports are looked at as text, too.
    assertThat(lines(in("event"), line -> line.matches("import (static )?io\\.busyhour\\..*")))
        .allMatch(line -> line.contains("io.busyhour.event"));
    assertThat(lines(in("cli"), line -> line.matches("import (static )?io\\.busyhour\\..*")))
        .allMatch(line -> line.matches(".*io\\.busyhour\\.(event|cli)\\..*"));
  }

  @Test
  void mainClass_isShort() {
    assertThat(SourceTree.main())
        .allSatisfy(
            source ->
                assertThat(source.lines().size())
                    .as("lines of %s", source.path())
                    .isLessThanOrEqualTo(MOST_LINES));
  }

  @Test
  void line_isNarrow() {
    assertThat(
            lines(
                SourceTree.all(), line -> line.length() > MOST_COLUMNS && !isTooLongToBreak(line)))
        .isEmpty();
  }

  @Test
  void method_isShort() {
    assertThat(SourceTree.main())
        .allSatisfy(
            source ->
                assertThat(longestMethod(source.lines()))
                    .as("lines of the longest method of %s", source.path())
                    .isLessThanOrEqualTo(MOST_LINES_OF_A_METHOD));
  }

  /** Counts by the indentation that the formatter gives, for methods of top-level types. */
  private static int longestMethod(List<String> lines) {
    int longest = 0;
    int begin = -1;
    boolean method = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (DECLARATION.matcher(line).matches()) {
        method = !TYPE.matcher(line).matches();
      }
      if (method && begin < 0 && line.endsWith(" {")) {
        begin = i;
      } else if (line.equals("  }") && begin >= 0) {
        longest = Math.max(longest, i - begin - 1);
        begin = -1;
      }
    }
    return longest;
  }

  @Test
  void longestMethod_countsBodiesOnly() {
    String source =
        """
        class A {
          int one(
              int a) {
            if (a > 1) {
              a--;
            }
            return a;
          }

          record B(
              int b) {
            void longer() {
              int x;
              int y;
              int z;
              int u;
              int v;
            }
          }

          void two() {
            one(1);
          }
        }
        """;
    assertThat(longestMethod(source.lines().toList())).isEqualTo(4);
  }

  private static boolean isTooLongToBreak(String line) {
    return line.startsWith("import ") || line.contains("http");
  }

  private static List<SourceTree.Source> in(String stage) {
    return SourceTree.main().stream()
        .filter(source -> source.folder().contains("io/busyhour/" + stage))
        .toList();
  }

  private static Predicate<String> contains(String text) {
    return line -> line.contains(text);
  }

  private static List<String> lines(List<SourceTree.Source> sources, Predicate<String> wanted) {
    return sources.stream()
        .flatMap(
            source ->
                source.lines().stream()
                    .filter(wanted)
                    .map(line -> source.path() + ": " + line.strip()))
        .toList();
  }
}
