package io.busyhour.receive.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.receive.DoorServer;
import io.busyhour.receive.ReceiveSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Behind a proxy, Twilio signs a URL that the server does not see. */
class TwilioProxyTest {
  private static final String FORM = TwilioSigner.payload("voice-status-busy");
  private static final TwilioSettings TWILIO = new TwilioSettings(List.of(DoorServer.AUTH_TOKEN));

  private static HttpRequest.Builder signed(DoorServer server, String url) {
    return server
        .to("/twilio/voice?trunk=t1")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Twilio-Signature", TwilioSigner.sign(url, FORM))
        .POST(BodyPublishers.ofString(FORM));
  }

  private static ReceiveSettings settings(String publicUrl, boolean trustForwarded) {
    return new ReceiveSettings(1 << 20, 16 << 20, Optional.ofNullable(publicUrl), trustForwarded);
  }

  @Test
  void publicUrl_isWhatIsSigned() {
    try (DoorServer server =
        DoorServer.start(settings("https://me:pw@calls.example.org/hooks/", false), TWILIO)) {
      String url = "https://me:pw@calls.example.org/hooks/twilio/voice?trunk=t1";
      assertThat(server.send(signed(server, url)).statusCode()).isEqualTo(204);
      assertThat(server.send(signed(server, server.url() + "/twilio/voice")).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void forwarded_isBelievedWhereTrusted() {
    try (DoorServer server = DoorServer.start(settings(null, true), TWILIO)) {
      String url = "https://calls.example.org:8443/twilio/voice?trunk=t1";
      HttpRequest.Builder request =
          signed(server, url)
              .header("X-Forwarded-Proto", "https, http")
              .header("X-Forwarded-Host", "calls.example.org, inner")
              .header("X-Forwarded-Port", "8443");
      assertThat(server.send(request).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void forwarded_isIgnoredElsewhere() {
    try (DoorServer server = DoorServer.start(settings(null, false), TWILIO)) {
      HttpRequest.Builder request =
          signed(server, "https://calls.example.org/twilio/voice?trunk=t1")
              .header("X-Forwarded-Proto", "https")
              .header("X-Forwarded-Host", "calls.example.org");
      assertThat(server.send(request).statusCode()).isEqualTo(403);
      assertThat(server.journal().stored()).isEmpty();
    }
  }

  @Test
  void authToken_none_shutsTheDoor() {
    try (DoorServer server =
        DoorServer.start(settings(null, false), new TwilioSettings(List.of()))) {
      HttpResponse<String> answer = server.send(signed(server, server.url()));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).startsWith("{\"error\":\"not_configured\"");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(server.journal().refused()).containsEntry("twilio not_configured", 1L);
    }
  }
}
