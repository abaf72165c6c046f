package io.busyhour.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploaderTest {
  private static final String BUSY =
      "{\"error\":\"overloaded\",\"message\":\"too many events are waiting\"}";

  private final FakeBusyhour server = new FakeBusyhour();
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void deliver_stored_tellsTheCounts() throws Exception {
    Uploader uploader = uploader(null);
    Receipt first = deliver(uploader, event("1") + event("2") + "{\"id\":\"3\"}\n");
    assertThat(first.accepted()).isEqualTo(2);
    assertThat(first.rejected())
        .containsExactly(new Receipt.Rejected(2, "missing_field", "an event needs type"));
    assertThat(deliver(uploader, event("1")).duplicates()).isEqualTo(1);
  }

  @Test
  void deliver_everyEventRejected_tellsTheCounts() throws Exception {
    assertThat(deliver(uploader(null), "{}\n").rejected()).hasSize(1);
  }

  @Test
  void deliver_overloaded_triesAgainAfterTheTimeAskedFor() throws Exception {
    server.answersOnce(503, "7", BUSY).answersOnce(503, null, BUSY);
    assertThat(deliver(uploader(null), event("1")).accepted()).isEqualTo(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1));
  }

  @Test
  void deliver_overloadedForLong_givesUpAndSaysWhy() {
    for (int i = 0; i < 20; i++) {
      server.answersOnce(503, "30", BUSY);
    }
    assertThatThrownBy(() -> deliver(uploader(null), event("1")))
        .isInstanceOf(ServerProblem.class)
        .hasMessage(server.url() + " cannot take events at present: too many events are waiting");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void deliver_stoppedWhileOverloaded_givesUp() {
    server.answersOnce(503, "7", BUSY);
    Uploader uploader = new Uploader(new Server(server.url(), null), time -> false);
    assertThatThrownBy(() -> deliver(uploader, event("1"))).isInstanceOf(ServerProblem.class);
    assertThat(server.events()).isEmpty();
  }

  @Test
  void deliver_wrongToken_saysSoWithoutShowingIt() {
    server.wantsToken("right");
    assertThatThrownBy(() -> deliver(uploader("secret-token"), event("1")))
        .hasMessage(
            server.url() + " refused (401): the token in --token-file is not one of its tokens")
        .hasMessageNotContaining("secret-token");
    assertThatThrownBy(() -> deliver(uploader(null), event("1")))
        .hasMessageContaining("it wants a token, name its file with --token-file");
  }

  @Test
  void deliver_rightToken_isStored() throws Exception {
    server.wantsToken("right");
    assertThat(deliver(uploader("right"), event("1")).accepted()).isEqualTo(1);
  }

  @Test
  void deliver_refusedAsAWhole_isNotTriedAgain() {
    server.answersOnce(413, null, "{\"error\":\"too_large\",\"message\":\"at most 16 MiB\"}");
    assertThatThrownBy(() -> deliver(uploader(null), event("1")))
        .hasMessage(server.url() + " refused: at most 16 MiB");
    assertThat(pauses).isEmpty();
  }

  @Test
  void deliver_notBusyhour_saysSo() {
    server.answersOnce(200, null, "<html>hello</html>");
    assertThatThrownBy(() -> deliver(uploader(null), event("1")))
        .hasMessageContaining("in no form of Busyhour's");
  }

  @Test
  void deliver_nobodyThere_saysSoAtOnce() {
    URI url = server.url();
    server.close();
    Uploader uploader = new Uploader(new Server(url, null), time -> pauses.add(time));
    assertThatThrownBy(() -> deliver(uploader, event("1")))
        .hasMessage(
            "no Busyhour answers at %s (connection refused): start it with ./busyhour serve, or"
                + " name it with --url",
            url);
    assertThat(pauses).isEmpty();
  }

  @Test
  void deliver_serverGoesAway_isTriedAgain() throws Exception {
    Uploader uploader = uploader(null);
    deliver(uploader, event("1"));
    server.close();
    assertThatThrownBy(() -> deliver(uploader, event("2"))).isInstanceOf(ServerProblem.class);
    assertThat(pauses).hasSize(120);
  }

  private Uploader uploader(String token) {
    return new Uploader(new Server(server.url(), token), time -> pauses.add(time));
  }

  private static String event(String id) {
    return "{\"id\":\"%s\",\"source\":\"s\",\"type\":\"call.ringing\"}%n".formatted(id);
  }

  private static Receipt deliver(Uploader uploader, String lines) throws InterruptedException {
    return uploader.deliver("application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
  }
}
