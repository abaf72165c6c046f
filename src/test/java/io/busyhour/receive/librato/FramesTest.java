package io.busyhour.receive.librato;

import static io.busyhour.receive.librato.Payloads.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How bodies come apart into messages, as a table. */
class FramesTest {
  private static final String TIME = "2026-11-20T08:00:00+00:00";
  private static final String HEAD = "<190>1 " + TIME + " host app web.1 - ";
  private static final String A = framed("a=1");
  private static final String B = framed("b=2");

  private record Case(String name, String body, int broken, List<String> messages) {
    Case(String name, String body, int broken, String... messages) {
      this(name, body, broken, List.of(messages));
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("nothing", "", 0),
          new Case("one", A, 0, "a=1"),
          new Case("two", A + B, 0, "a=1", "b=2"),
          new Case("bytes, not characters", framed("é=\u20ac") + B, 0, "é=\u20ac", "b=2"),
          new Case("no message", length(HEAD.strip()) + " " + HEAD.strip() + B, 0, "", "b=2"),
          new Case("empty message", length(HEAD) + " " + HEAD + B, 0, "", "b=2"),
          new Case("a line's end that is not counted", A + "\r\n" + B + "\n", 0, "a=1", "b=2"),
          new Case("length too small", of(-1, "a=17") + B, 1, "a=1", "b=2"),
          new Case("length too small in the end", A + of(-1, "b=23"), 1, "a=1", "b=2"),
          new Case("length far too small", of(-40, "a=1") + B, 1, "b=2"),
          new Case("length 0", "0 " + HEAD + "a=1\n" + B, 1, "b=2"),
          new Case("length too large", of(5, "a=1\n") + B, 1, "b=2"),
          new Case("length far too large", of(8_123_456, "a=1\n") + B, 1, "b=2"),
          new Case("length too large in the end", A + of(1, "b=2"), 1, "a=1"),
          new Case("body cut short", A + B.substring(0, B.length() - 2), 1, "a=1"),
          new Case("cut within the head", A + B.substring(0, 20), 1, "a=1"),
          new Case("rubbish before", "rubbish " + A, 1, "a=1"),
          new Case("rubbish between", A + "rubbish <1> <2>1 3 <4>1" + B, 1, "a=1", "b=2"),
          new Case("rubbish behind", A + "rubbish", 1, "a=1"),
          new Case("rubbish alone", "rubbish", 1),
          new Case("digits alone", "99999999999999", 1),
          new Case("a line", "source=a count#b=1", 1),
          new Case("too few fields", "19 <190>1 2026 host a " + A, 1, "a=1"),
          new Case("another version", "20 <190>2 " + TIME + A, 1, "a=1"),
          new Case("priority of four digits", A.replace("190", "1900") + B, 1, "b=2"));

  private static String framed(String message) {
    return of(0, message);
  }

  private static String of(int off, String message) {
    return (length(HEAD + message) + off) + " " + HEAD + message;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @TestFactory
  Stream<DynamicTest> body_comesApart() {
    return CASES.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name,
                    () -> {
                      byte[] body = each.body.getBytes(StandardCharsets.UTF_8);
                      Frames frames = new Frames(body);
                      assertThat(texts(frames, body)).isEqualTo(each.messages);
                      assertThat(frames.broken()).isEqualTo(each.broken);
                    }));
  }

  private static List<String> texts(Messages messages, byte[] body) {
    List<String> texts = new ArrayList<>();
    for (Message m = messages.next(); m != null; m = messages.next()) {
      texts.add(new String(body, m.from(), m.to() - m.from(), StandardCharsets.UTF_8).strip());
    }
    return texts;
  }

  @Test
  void frame_tellsTimeAndProcess() {
    byte[] body = frame(TIME, "router", "at=info").getBytes(StandardCharsets.UTF_8);
    Message message = new Frames(body).next();
    assertThat(message.time().text(body, 64)).isEqualTo(TIME);
    assertThat(message.time().text(body, 5)).isNull();
    assertThat(message.process().text(body, 64)).isEqualTo("router");
  }

  @Test
  void lines_endAtTheEndOfALine() {
    byte[] body = "a=1\r\n\nb=2\nc=3".getBytes(StandardCharsets.UTF_8);
    assertThat(texts(new Lines(body), body)).containsExactly("a=1", "", "b=2", "c=3");
    assertThat(texts(new Lines(new byte[0]), body)).isEmpty();
  }

  @Test
  void frames_thatEndInBlanks_takeTimeInProportion() {
    int blanks = 4_000_000;
    String body = ("2000000 " + HEAD + "x ").repeat(40_000) + " ".repeat(blanks) + "rubbish";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Frames frames = new Frames(bytes);
    Duration time = Duration.ofSeconds(10); // a minute's work, if each read all the blanks
    assertTimeoutPreemptively(time, () -> assertThat(texts(frames, bytes)).hasSize(1));
    assertThat(frames.broken()).isEqualTo(40_000);
  }

  @Test
  void frames_thatAreAllBroken_takeTimeInProportion() {
    byte[] body = ("9999999 " + HEAD + "x ").repeat(20_000).getBytes(StandardCharsets.UTF_8);
    Frames frames = new Frames(body);
    assertThat(texts(frames, body)).isEmpty();
    assertThat(frames.broken()).isEqualTo(20_000);
  }
}
