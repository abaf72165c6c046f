package io.busyhour.receive.librato;

import static io.busyhour.receive.DoorServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import io.busyhour.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a drain brings. */
class LibratoProperties {
  private static final String TIME = "2026-11-20T08:00:00Z";

  @Property(tries = 500)
  void messages_inFrames_comeOutAsTheyWere(@ForAll("messages") List<String> messages) {
    StringBuilder frames = new StringBuilder();
    messages.forEach(message -> frames.append(Payloads.frame(TIME, "web.1", message)));
    byte[] body = frames.toString().getBytes(StandardCharsets.UTF_8);
    Frames found = new Frames(body);
    List<String> texts = new ArrayList<>();
    for (Message m = found.next(); m != null; m = found.next()) {
      texts.add(new String(body, m.from(), m.to() - m.from() - 1, StandardCharsets.UTF_8));
    }
    assertThat(texts).isEqualTo(messages);
    assertThat(found.broken()).isZero();
  }

  /** Rubbish has no angle bracket here: what looks like a frame may cost the next one. */
  @Property(tries = 500)
  void rubbish_betweenFrames_costsNoFrame(@ForAll("texts") String rubbish) {
    String text = rubbish.replace('<', ' ');
    String frame = Payloads.frame(TIME, "web.1", "count#a=1");
    byte[] body = (frame + text + "\n" + frame).getBytes(StandardCharsets.UTF_8);
    assertThat(occurrences(Drain.ofFrames(body, NOW))).hasSize(2);
  }

  @Property(tries = 1000)
  void anyLine_isReadWithoutNumbersOfPhones(@ForAll("lines") String line) {
    byte[] body = line.getBytes(StandardCharsets.UTF_8);
    for (Occurrence each : occurrences(Drain.ofLines(body, NOW))) {
      assertThat(each.event().type().read(each.data())).isEqualTo(each.event());
      each.data().values().stream()
          .filter(String.class::isInstance)
          .forEach(label -> assertThat((String) label).doesNotContainPattern("\\d{10}"));
    }
  }

  @Property(tries = 1000)
  void anyBytes_areReadOrRefused(@ForAll byte[] body) {
    Drain.ofLines(body, NOW).deliveries("r");
    try {
      Drain.ofFrames(body, NOW).deliveries("r");
    } catch (Refusal refusal) {
      assertThat(refusal.reason().word()).isEqualTo("malformed_line");
    }
  }

  private static List<Occurrence> occurrences(Drain drain) {
    return drain.deliveries("r").stream().flatMap(d -> d.occurrences().stream()).toList();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().ascii().withChars("é\u20ac <>190\"=#").ofMaxLength(60);
  }

  @Provide
  Arbitrary<List<String>> messages() {
    return texts().list().ofMaxSize(10);
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of(
            "count#",
            "sample#",
            "measure#",
            "measure.",
            "source=",
            "ac-",
            "ca-",
            "dm-Power",
            "phone-",
            "13035550123",
            "+1 (303) 555-0123",
            "303.555.0123",
            "resque",
            "web1",
            "power",
            "job_status.",
            "exception",
            "jobs",
            "autoscale.",
            "up",
            "dialer.",
            "requests",
            ".",
            ".",
            "-",
            "=",
            " ",
            "\"",
            "\\",
            "1",
            "2.5",
            "ms",
            "KB",
            "%",
            "\n",
            "é")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }
}
