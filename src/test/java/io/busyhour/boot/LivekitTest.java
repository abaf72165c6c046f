package io.busyhour.boot;

import static io.busyhour.receive.livekit.LivekitSigner.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.receive.livekit.LivekitSigner;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LiveKit's webhooks through the whole server: into the call's row and the scrape. */
class LivekitTest {
  private static final String CALL = "9c1f@198.51.100.7";
  private static final String TWILIOS =
      "\"sip.twilio.accountSid\":\"%s\",\"sip.twilio.callSid\":\"CA9\",\"sip.hostname\""
          .formatted(TwilioCallback.ACCOUNT);

  @TempDir Path folder;
  private Running server;

  @BeforeEach
  void start() {
    server =
        Running.start(
            folder,
            Map.of(
                "busyhour.calls.settle",
                "1s",
                "busyhour.livekit.keys",
                LivekitSigner.KEY + ":" + LivekitSigner.SECRET,
                "busyhour.twilio.auth-token",
                TwilioCallback.TOKEN));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int deliver(String body) {
    return server
        .send(
            server
                .request("/livekit/webhook")
                .header("Content-Type", "application/webhook+json")
                .header("Authorization", LivekitSigner.token(body, Instant.now()))
                .POST(BodyPublishers.ofString(body))
                .build())
        .statusCode();
  }

  private void deliver(List<String> bodies) {
    bodies.forEach(body -> assertThat(deliver(body)).isEqualTo(204));
  }

  /** The call, once its status is as wanted. */
  private JsonNode call(String id, String status) {
    server.until("/calls/" + id, a -> a.body().contains("\"status\":\"" + status + "\""));
    return server.json("/calls/" + id);
  }

  @Test
  void exampleOfACallThatCameIn_isInItsRowAndTheScrape() {
    assertThat(deliver(payload("participant-joined"))).isEqualTo(204);
    JsonNode call = call(CALL, "active");
    assertThat(call.get("direction").textValue()).isEqualTo("inbound");
    assertThat(call.get("trunk").textValue()).isEqualTo("ST_Zz9Yy8");
    assertThat(call.get("answered_at").textValue()).isEqualTo("2025-11-03T16:20:01.090Z");
    server.scrapeWith("voice_calls_active 1.0");
    deliver(
        List.of(
            payload("participant-left"),
            payload("room-finished"),
            payload("participant-left"),
            payload("egress-ended")));
    call = call(CALL, "completed");
    // Talk time, and not the room's 85 seconds.
    assertThat(call.get("duration_seconds").doubleValue()).isEqualTo(61.91);
    assertThat(call.get("hangup_source").textValue()).isEqualTo("caller");
    assertThat(call.get("has_audio").booleanValue()).isTrue();
    assertThat(server.scrapeWith("voice_calls_by_status_total{status=\"completed\"} 1.0"))
        .contains("voice_calls_total 1.0\n")
        .contains("voice_calls_by_type_total{type=\"inbound\"} 1.0\n")
        .contains("voice_calls_active 0.0\n")
        .contains("busyhour_events_received_total{result=\"accepted\",source=\"livekit\"} 4.0\n")
        .contains("busyhour_events_received_total{result=\"duplicate\",source=\"livekit\"} 1.0\n")
        .doesNotContain("+1415555");
  }

  @Test
  void exampleOfACampaignsCall_isInItsRowAndTheScrape() {
    assertThat(deliver(payload("participant-left-rejected"))).isEqualTo(204);
    JsonNode call = call("RM_a1", "busy");
    assertThat(call.get("campaign_id").textValue()).isEqualTo("C123");
    assertThat(call.get("to").textValue()).endsWith("****");
    server.scrapeWith(
        "campaign_calls_completed_total{campaign_id=\"C123\",outcome=\"busy\",user_id=\"\"} 1.0");
  }

  @Test
  void callOfARoomAlone_isTalkBetweenUserAndAgent() {
    String user =
        payload("agent-joined")
            .replace("AGENT", "STANDARD")
            .replace("PA_agent1", "PA_user1")
            .replace("EV_agent00001", "EV_user000001");
    deliver(List.of(payload("room-finished"), user, payload("agent-joined")));
    assertThat(call("RM_a1B2c3D4e5F6", "completed").get("duration_seconds").doubleValue())
        .isEqualTo(81.5);
  }

  /** LiveKit gives up after half a minute: the door opens at once, and knows what it took. */
  @Test
  void callOverARestart_isOne() {
    deliver(List.of(payload("participant-joined")));
    server.close();
    start();
    deliver(List.of(payload("participant-joined"), payload("participant-left")));
    call(CALL, "completed");
    assertThat(server.scrapeWith("voice_calls_by_status_total{status=\"completed\"} 1.0"))
        .contains("voice_calls_total 1.0\n")
        .contains("busyhour_events_received_total{result=\"duplicate\",source=\"livekit\"} 1.0\n");
  }

  /** One call, of which each side knows something. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callThatTwilioSeesToo_isOne(boolean twilioFirst) {
    List<String> livekits = new ArrayList<>();
    for (String each : List.of("participant-joined", "participant-left")) {
      livekits.add(payload(each).replace("\"sip.hostname\"", TWILIOS));
    }
    livekits.add(payload("room-finished"));
    if (!twilioFirst) {
      Collections.reverse(livekits);
      deliver(livekits);
    }
    twilio(1, "ringing", "");
    twilio(2, "in-progress", "");
    twilio(3, "completed", "57");
    if (twilioFirst) {
      deliver(livekits);
    }
    server.scrapeWith("voice_calls_by_status_total{status=\"completed\"} 1.0");
    server.until("/calls/CA9", answer -> answer.body().contains("ST_Zz9Yy8"));
    JsonNode call = server.json("/calls/CA9");
    assertThat(call.get("provider").textValue()).isEqualTo("twilio");
    assertThat(call.get("account").textValue()).isEqualTo(TwilioCallback.ACCOUNT);
    assertThat(call.get("duration_seconds").doubleValue()).isEqualTo(57);
    assertThat(call.get("ended_at").textValue()).isEqualTo("2025-11-03T16:21:03Z");
    String scrape = server.get("/metrics").body();
    assertThat(scrape).contains("voice_calls_total 1.0\n", "voice_calls_active 0.0\n");
    assertThat(sum(scrape, "warp_call_attempts_total")).isEqualTo(1);
    assertThat(sum(scrape, "warp_call_terminations_total")).isEqualTo(1);
  }

  private static double sum(String scrape, String family) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(family + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void twilio(int sequence, String status, String seconds) {
    Map<String, String> form = new HashMap<>();
    form.put("AccountSid", TwilioCallback.ACCOUNT);
    form.put("CallSid", "CA9");
    form.put("CallStatus", status);
    form.put("CallDuration", seconds);
    form.put("Direction", "inbound");
    form.put("From", "+14155550143");
    form.put("To", "+15055550100");
    form.put("CallbackSource", "call-progress-events");
    form.put("SequenceNumber", Integer.toString(sequence));
    form.put("Timestamp", "Mon, 03 Nov 2025 16:2%d:03 +0000".formatted(sequence / 3));
    assertThat(TwilioCallback.post(server, "/twilio/voice", form, true).statusCode())
        .isEqualTo(204);
  }
}
