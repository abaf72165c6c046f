package io.busyhour.receive.librato;

import static io.busyhour.receive.librato.Payloads.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.LineEvent.Counted;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibratoDoorTest extends DoorContract {
  private static final int LIMIT = 16 * 1024 * 1024;

  @Override
  protected HttpRequest.Builder proven(String body) {
    return unproven(body).header("Authorization", "Bearer " + DoorServer.TOKEN);
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return unproven(body).header("Authorization", "Bearer guessed");
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return server
        .to("/l2met")
        .header("Content-Type", "text/plain")
        .header("Logplex-Frame-Id", "frame-" + body.hashCode())
        .POST(BodyPublishers.ofString(body));
  }

  @Override
  protected String body(int number) {
    return "source=ac-1.ca-2 count#dialer.dial.success=" + number + "\n";
  }

  @Override
  protected String bodyWithUnknownFields() {
    return "weather=\"wet and cold\" count#a=1 n= =\n";
  }

  @Override
  protected String bodyOfUnknownType() {
    return "weigh#a=1\n";
  }

  /** A drain's body is a batch, of which more is taken. */
  @Override
  protected String bodyOf(int length) {
    return "x".repeat(Math.max(length, LIMIT + 1));
  }

  @Override
  protected String source() {
    return "librato";
  }

  @Override
  protected int unprovenStatus() {
    return 401;
  }

  private HttpRequest.Builder framed(byte[] body) {
    return proven("")
        .setHeader("Content-Type", "application/logplex-1")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private void assertTaken(HttpRequest.Builder request) {
    HttpResponse<String> answer = server.send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private List<Occurrence> stored() {
    return server.journal().stored().stream().flatMap(d -> d.occurrences().stream()).toList();
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s:", "%s", ":%s", "user:%s", "token:%s"})
  void proof_asADrainsUrlCarriesIt_isGood(String userInfo) {
    String authorization = basic(userInfo.formatted(DoorServer.TOKEN));
    assertTaken(unproven(body(1)).header("Authorization", authorization));
    assertThat(stored()).hasSize(1);
  }

  @Test
  void proof_wrongInADrainsUrl_isRefused() {
    for (String userInfo :
        List.of(":", "", "guessed:", DoorServer.TOKEN + ":guessed", "a:b:" + DoorServer.TOKEN)) {
      HttpResponse<String> answer =
          server.send(unproven(body(1)).header("Authorization", basic(userInfo)));
      assertRefused(answer, 401, "unauthorized");
    }
    assertRefused(
        server.send(unproven(body(1)).header("Authorization", "Basic %%%")), 401, "unauthorized");
    String reader = basic(":" + DoorServer.READER);
    assertRefused(server.send(unproven(body(1)).header("Authorization", reader)), 403, "forbidden");
    assertThat(server.journal().stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/logplex-1", " Application/Logplex-1; charset=utf-8"})
  void frames_areRead(String type) {
    String body =
        frame("2026-11-20T07:00:00Z", "web.1", "no metric")
            + frame("2026-11-20T07:00:01Z", "web.1", "caf\u00e9 count#a=1");
    assertTaken(framed(body.getBytes(StandardCharsets.UTF_8)).setHeader("Content-Type", type));
    assertThat(stored()).hasSize(1);
    assertThat(stored().get(0).time()).isEqualTo(Instant.parse("2026-11-20T07:00:01Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l2met-simple.logplex",
        "l2met-legacy.logplex",
        "l2met-l10.logplex",
        "reference.logplex",
        "heroku.logplex"
      })
  void payload_framed_isStored(String payload) {
    assertTaken(framed(Payloads.bytes(payload)));
    assertThat(stored()).isNotEmpty();
  }

  @Test
  void payload_ofLines_isStored() {
    assertTaken(proven(Payloads.text("dialer.txt")));
    assertThat(stored()).hasSize(7);
    assertThat(stored()).extracting(Occurrence::time).containsOnly(DoorServer.NOW);
  }

  @Test
  void frame_broken_costsItself() {
    String body =
        frame("-", "web.1", "count#a=1")
            + frame("-", "web.1", "count#b=1").replaceFirst("^\\d+", "3000")
            + frame("-", "web.1", "count#c=1");
    assertTaken(framed(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(stored().stream().map(o -> ((Counted) o.event()).metric()))
        .containsExactly("a", "c");
    assertThat(server.journal().refused()).isEqualTo(Map.of("librato malformed_line", 1L));
  }

  @Test
  void frames_thatAreLines_areRefused() {
    assertRefused(
        server.send(framed(body(1).getBytes(StandardCharsets.UTF_8))), 400, "malformed_line");
    assertThat(server.journal().refused()).isEqualTo(Map.of("librato malformed_line", 1L));
  }

  @Test
  void lines_bad_areInTheLedgerAndNoFault() {
    assertTaken(proven("count#a=x\ncount#b=1 c=\"\nhello \"\ncount#d=1\n"));
    assertThat(stored()).hasSize(1);
    assertThat(server.journal().refused())
        .isEqualTo(Map.of("librato invalid_value", 1L, "librato malformed_line", 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip"})
  void body_packed_isRead(String encoding) {
    byte[] packed = gzip(body(1).getBytes(StandardCharsets.UTF_8));
    assertTaken(
        proven("").header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(packed)));
    assertThat(stored()).hasSize(1);
  }

  @Test
  void body_packed_isBoundedUnpacked() {
    byte[] packed = gzip(new byte[LIMIT + 1]);
    assertThat(packed.length).isLessThan(100_000);
    HttpRequest.Builder bomb =
        proven("").header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(packed));
    assertRefused(server.send(bomb), 413, "too_large");
  }

  @Test
  void body_notPackedAsSaid_isRefused() {
    assertRefused(
        server.send(proven(body(1)).header("Content-Encoding", "gzip")), 400, "malformed_request");
    assertThat(server.journal().refused()).isEqualTo(Map.of("librato malformed_request", 1L));
    HttpRequest.Builder unknown = proven(body(1)).header("Content-Encoding", "br");
    assertThat(server.send(unknown).statusCode()).isEqualTo(400);
    assertThat(server.journal().stored()).isEmpty();
  }

  @Test
  void body_packedAndCut_isRefused() {
    byte[] packed = gzip("count#a=1\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder cut =
        proven("")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(packed, 0, packed.length - 9));
    assertRefused(server.send(cut), 400, "malformed_request");
  }

  @Test
  void body_ofManyPackedPartsOfNothing_isRefused() {
    byte[] nothing = gzip(new byte[0]);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 50_000; i++) {
      many.writeBytes(nothing);
    }
    HttpRequest.Builder request =
        proven("")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(many.toByteArray()));
    assertRefused(server.send(request), 400, "malformed_request");
    assertThat(server.journal().refused()).isEqualTo(Map.of("librato malformed_request", 1L));
  }

  @Test
  void body_packedInSeveralParts_isReadToItsEnd() {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      parts.writeBytes(gzip("count#a=1\n".getBytes(StandardCharsets.UTF_8)));
      parts.writeBytes(gzip(new byte[0]));
    }
    HttpRequest.Builder request =
        proven("")
            .header("Content-Encoding", "gzip")
            .setHeader("Content-Type", "text/plain")
            .POST(BodyPublishers.ofByteArray(parts.toByteArray()));
    assertTaken(request);
    assertThat(stored()).hasSize(5);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Logplex-Frame-Id", "Idempotency-Key", "X-Request-Id"})
  void request_again_isTheSame(String header) {
    for (int i = 0; i < 3; i++) {
      assertTaken(
          plain("count#a=1\n".repeat(450)).header(header, "09C557EAFCFB6CF2740EE62F62971098"));
    }
    assertThat(stored()).hasSize(450);
    assertThat(server.journal().appends()).as("all or nothing").isEqualTo(3);
    assertTaken(plain("count#a=1").header(header, "another"));
    assertThat(stored()).hasSize(451);
  }

  @Test
  void request_sameIdOfAnotherDrain_isAnother() {
    assertTaken(plain("count#a").header("X-Request-Id", "1").header("Logplex-Drain-Token", "d.1"));
    assertTaken(plain("count#a").header("X-Request-Id", "1").header("Logplex-Drain-Token", "d.2"));
    assertTaken(plain("count#a").header("Logplex-Frame-Id", "1"));
    assertThat(stored()).hasSize(3);
  }

  @Test
  void request_withoutId_isAnother() {
    assertTaken(plain("count#a"));
    assertTaken(plain("count#a"));
    assertTaken(plain("count#a").header("X-Request-Id", " "));
    assertThat(server.journal().stored()).hasSize(3);
  }

  @Test
  void request_withALongId_isStored() {
    assertTaken(plain("count#a").header("X-Request-Id", "x".repeat(2000)));
    assertThat(server.journal().stored())
        .extracting(Delivery::key)
        .allMatch(key -> key.id().length() < 64 && key.source().equals("librato"));
  }

  private HttpRequest.Builder plain(String body) {
    return server
        .to("/l2met")
        .header("Authorization", "Bearer " + DoorServer.TOKEN)
        .POST(BodyPublishers.ofString(body));
  }

  @Test
  void lines_withoutMetric_areNothing() {
    assertTaken(framed(frame("-", "web.1", "hello").getBytes(StandardCharsets.UTF_8)));
    assertTaken(proven(""));
    assertThat(server.journal().appends()).isZero();
    assertThat(server.journal().refused()).isEmpty();
  }
}
