package io.busyhour.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what becomes of requests that break HTTP. */
class AccessTest {
  @Test
  void tokens_decideWhatACallerMay() {
    try (DoorServer server = DoorServer.start()) {
      assertThat(
              server
                  .send(server.to("/roles").header("Authorization", "Bearer " + DoorServer.READER))
                  .body())
          .isEqualTo("read,pii");
      assertThat(server.send(server.to("/roles")).statusCode()).isEqualTo(401);
      assertThat(
              server.send(server.to("/roles").header("Authorization", "Basic YTpi")).statusCode())
          .isEqualTo(401);
      assertThat(
              server
                  .send(server.to("/roles").header("Authorization", "Bearer " + DoorServer.TOKEN))
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void tokens_none_leaveAllOpenButPhoneNumbers() {
    try (DoorServer server = DoorServer.startWithoutTokens()) {
      assertThat(server.send(server.to("/roles")).body()).isEqualTo("ingest,read,admin");
      assertThat(
              server
                  .send(
                      server
                          .to("/v1/events")
                          .header("Content-Type", "application/x-ndjson")
                          .POST(BodyPublishers.ofString("")))
                  .statusCode())
          .isEqualTo(200);
      HttpRequest.Builder lines = server.to("/l2met").POST(BodyPublishers.ofString("count#a=1"));
      assertThat(server.send(lines).statusCode()).isEqualTo(204);
      assertThat(server.journal().stored()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/twilio/voice", "/twilio/messages", "/livekit/webhook"})
  void door_withoutItsSecret_isShut(String path) {
    try (DoorServer server = DoorServer.startWithoutTokens()) {
      HttpResponse<String> answer = server.send(server.to(path).POST(BodyPublishers.ofString("")));
      DoorContract.assertRefused(answer, 503, "not_configured");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void body_brokenOnTheWay_isRefused() throws IOException {
    try (DoorServer server = DoorServer.start()) {
      assertThat(raw(server, "Transfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(raw(server, "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n9\r\n"))
          .startsWith("HTTP/1.1 400");
      raw(server, "Content-Length: 100\r\n\r\n[]");
      assertThat(server.journal().appends()).isZero();
      assertThat(server.send(server.to("/roles")).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void body_neverComes_isCutOff() throws IOException {
    try (DoorServer server = DoorServer.start()) {
      int port = URI.create(server.url()).getPort();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        String request =
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + DoorServer.TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n[";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
      // The connection ends a moment before the refusal is counted.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (server.journal().refused().isEmpty() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      assertThat(server.journal().refused()).containsOnlyKeys("events malformed_request");
    }
  }

  private static String raw(DoorServer server, String rest) throws IOException {
    int port = URI.create(server.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      String request =
          "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + DoorServer.TOKEN
              + "\r\nContent-Type: application/json\r\n"
              + rest;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }
}
