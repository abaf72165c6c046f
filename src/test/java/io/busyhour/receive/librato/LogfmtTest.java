package io.busyhour.receive.librato;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The grammar of a line, as a table; worked out by hand from kr/logfmt's scanner. */
class LogfmtTest {
  private record Case(String name, String line, List<String> pairs) {
    Case(String name, String line, String... pairs) {
      this(name, line, List.of(pairs));
    }
  }

  private static final String BAD = "bad";

  private static final List<Case> CASES =
      List.of(
          new Case("nothing", ""),
          new Case("blanks", " \t\r\n\0"),
          new Case("key alone", "a", "a:"),
          new Case("key without value", "a=", "a:"),
          new Case("pair", "a=b", "a:b"),
          new Case("pairs", "a=b c=d", "a:b", "c:d"),
          new Case("any blank between", "a=b\tc=d\u0001e", "a:b", "c:d", "e:"),
          new Case("blank behind the equals sign", "a= b", "a:", "b:"),
          new Case("blank before the equals sign", "a =b", "a:", "b:"),
          new Case("second equals sign ends a value", "a=b=c", "a:b", "c:"),
          new Case("third goes on", "a=b=c=d", "a:b", "c:d"),
          new Case("two equals signs", "a==b", "a:", "b:"),
          new Case("equals signs alone", "=== ="),
          new Case("quoted", "a=\"b c\"", "a:b c"),
          new Case("quoted nothing", "a=\"\" b", "a:", "b:"),
          new Case("quoted with signs", "a=\"b=c d=1\" e", "a:b=c d=1", "e:"),
          new Case("quoted, directly followed", "a=\"b\"c=d", "a:b", "c:d"),
          new Case("escaped quote", "a=\"b\\\"c\" d", "a:b\"c", "d:"),
          new Case("escapes", "a=\"\\\\ \\/ \\u00e9 \\t\"", "a:\\ / é \t"),
          new Case("surrogate pair", "a=\"\\ud83d\\ude00\"", "a:\uD83D\uDE00"),
          new Case("unquoted backslash", "a=b\\n", "a:b\\n"),
          new Case("quote ends a word", "a\"b", "a:", "b:"),
          new Case("quote ends a value", "a=b\"c\"", "a:b", "c:"),
          new Case("quote at the beginning", "\"a\"=b", "a:", "b:"),
          new Case("stray quote", "it is 5\" a=b", "it:", "is:", "5:", "a:b"),
          new Case("other alphabets", "é=ü", "é:ü"),
          new Case("signs of metrics", "measure#a.b=1ms", "measure#a.b:1ms"),
          new Case("unterminated", "a=\"b c=d", "a:", BAD),
          new Case("unterminated at the end", "a=b c=\"", "a:b", "c:", BAD),
          new Case("escape at the end", "a=\"b\\", "a:", BAD),
          new Case("escaped last quote", "a=\"b\\\"", "a:", BAD),
          new Case("unknown escape", "a=\"\\x\" b=c", "a:", "b:c", BAD),
          new Case("escape too short", "a=\"\\u12\" b", "a:", "b:", BAD),
          new Case("control beside an escape", "a=\"\t\\n\" b", "a:", "b:", BAD),
          new Case("control without an escape", "a=\"\t\" b", "a:\t", "b:"));

  @TestFactory
  Stream<DynamicTest> line_isScanned() {
    return CASES.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name,
                    () -> {
                      assertThat(scan(each.line, 0, 0)).isEqualTo(each.pairs);
                      // What is around it is not looked at.
                      assertThat(scan("x=\"" + each.line + "\" y", 3, 3)).isEqualTo(each.pairs);
                    }));
  }

  private static List<String> scan(String text, int skipped, int left) {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    List<String> pairs = new ArrayList<>();
    boolean good =
        Logfmt.scan(
            line,
            skipped,
            line.length - left,
            (keys, keyFrom, keyTo, values, from, to) ->
                pairs.add(text(keys, keyFrom, keyTo) + ":" + text(values, from, to)));
    if (!good) {
      pairs.add(BAD);
    }
    return pairs;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
