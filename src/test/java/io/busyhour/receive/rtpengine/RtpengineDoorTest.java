package io.busyhour.receive.rtpengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent.Quality;
import io.busyhour.event.CallbackEvent.RecordKind;
import io.busyhour.event.CallbackEvent.SwitchOther;
import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.Rtpengine;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.Payloads;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpengineDoorTest extends DoorContract {
  private static final String PATH = "/rtpengine/stats";
  private static final String CALL = "9c1f@198.51.100.7";
  private static final String OF_CALL = PATH + "?call_id=9c1f%40198.51.100.7";
  private static final String QUERY = Payloads.text("rtpengine/query.json");

  @Override
  protected HttpRequest.Builder proven(String body) {
    return to(OF_CALL, body).header("Authorization", "Bearer " + DoorServer.TOKEN);
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return to(OF_CALL, body).header("Authorization", "Bearer " + DoorServer.READER);
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return to(OF_CALL, body);
  }

  private HttpRequest.Builder to(String path, String body) {
    return server.to(path).POST(BodyPublishers.ofString(body));
  }

  @Override
  protected String body(int number) {
    return QUERY.replace("\"packets\":3015", "\"packets\":" + number);
  }

  @Override
  protected String bodyWithUnknownFields() {
    return QUERY.replaceFirst("\\{", "{\"weather\":[{\"sun\":null}],");
  }

  @Override
  protected String bodyOf(int length) {
    return QUERY.replaceFirst("\\{", "{\"note\":\"" + "x".repeat(length) + "\",");
  }

  @Override
  protected String source() {
    return "rtpengine";
  }

  @Override
  protected int unprovenStatus() {
    return 401;
  }

  @Override
  protected String bodyOfUnknownType() {
    return "{\"result\":\"beamed up\"}";
  }

  private HttpResponse<String> post(String path, String body) {
    return server.send(to(path, body).header("Authorization", "Bearer " + DoorServer.TOKEN));
  }

  private List<Occurrence> heard(String path, String body) {
    server.journal().clear();
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");
    return server.journal().stored().get(0).occurrences();
  }

  private Event only(String path, String body) {
    List<Occurrence> heard = heard(path, body);
    assertThat(heard).hasSize(1);
    return heard.get(0).event();
  }

  private static Quality quality(
      String codec, Double mos, Double jitterMs, Double loss, Double roundTripMs) {
    return new Quality(CALL, null, codec, mos, null, jitterMs, loss, roundTripMs);
  }

  @Test
  void query_isTheQualityOfItsSource() {
    Quality expected = quality("PCMU", 4.3, 3.0, 9 / 3024.0, 41.2);
    assertThat(only(OF_CALL, QUERY)).isEqualTo(expected);
    assertThat(only(PATH + "?node=n1&callid=9c1f%40198.51.100.7", QUERY)).isEqualTo(expected);
  }

  @Test
  void query_isOfTheTimeOfItsLastPacket() {
    assertThat(heard(OF_CALL, QUERY).get(0).time()).isEqualTo(Instant.ofEpochSecond(1_762_186_862));
    String silent = QUERY.replaceFirst("\"last packet\":\\d+", "\"last packet\":0");
    assertThat(heard(OF_CALL, silent).get(0).time())
        .isEqualTo(Instant.ofEpochSecond(1_762_186_801));
    assertThat(heard(OF_CALL, "{\"result\":\"ok\"}").get(0).time()).isEqualTo(DoorServer.NOW);
  }

  @Test
  void query_withoutPackets_hasTheAverageLoss() {
    String body =
        QUERY
            .replace("\"packets\":3015,\"last", "\"last")
            .replaceFirst("\"packet loss\":0", "\"packet loss\":2");
    assertThat(only(OF_CALL, body)).isEqualTo(quality("PCMU", 4.3, 3.0, 0.02, 41.2));
  }

  @Test
  void query_ofMorePacketsThanWereSent_hasNoLoss() {
    String body = QUERY.replace("\"cumulative loss\":9", "\"cumulative loss\":-3");
    assertThat(only(OF_CALL, body)).isEqualTo(quality("PCMU", 4.3, 3.0, 0.0, 41.2));
  }

  @Test
  void query_withoutRoundTripTime_hasNoMos() {
    String body =
        QUERY.replace(
            "\"average MOS\":{\"MOS\":43,\"round-trip time\":41200,\"jitter\":3,",
            "\"average MOS\":{\"MOS\":0,\"round-trip time\":0,\"jitter\":0,");
    assertThat(only(OF_CALL, body)).isEqualTo(quality("PCMU", null, null, 9 / 3024.0, null));
    String bare = body.replace("\"cumulative loss\":9,", "");
    assertThat(only(OF_CALL, bare)).isEqualTo(new SwitchOther(RecordKind.MEDIA, CALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":\"ok\"}",
        "{\"result\":\"pong\"}",
        "{\"result\":\"ok\",\"sdp\":\"v=0\"}",
        "{\"SSRC\":[1],\"tags\":\"x\",\"result\":\"ok\"}",
        "{\"SSRC\":{\"1\":7,\"2\":{\"average MOS\":\"x\"}},\"tags\":{\"a\":{\"medias\":[3]}}}"
      })
  void reply_withoutQuality_saysNothing(String body) {
    assertThat(only(OF_CALL, body)).isEqualTo(new SwitchOther(RecordKind.MEDIA, CALL));
  }

  @Test
  void reply_withoutRtcp_saysNothing() {
    assertThat(only(OF_CALL, Payloads.text("rtpengine/query-without-rtcp.json")))
        .isEqualTo(new SwitchOther(RecordKind.MEDIA, CALL));
  }

  @Test
  void sources_inTheirMedia_areEachReportedOnce() {
    String source =
        "{\"SSRC\":%d,\"packets\":100,\"cumulative loss\":0,\"average MOS\":{\"MOS\":%d}}";
    String media = "{\"codec\":\"%s\",\"ingress SSRCs\":[%s]}";
    String body =
        "{\"SSRC\":{\"1\":{\"packets\":100,\"cumulative loss\":0,\"average MOS\":{\"MOS\":40}}},"
            + "\"tags\":{\"a\":{\"medias\":[%s]},\"b\":{\"medias\":[%s]}}}"
                .formatted(
                    media.formatted("PCMA", source.formatted(1, 40)),
                    media.formatted("opus/48000/2", source.formatted(2, 30)));
    assertThat(heard(OF_CALL, body))
        .extracting(Occurrence::event)
        .containsExactly(
            quality("PCMA", 4.0, null, 0.0, null), quality("opus/48000/2", 3.0, null, 0.0, null));
  }

  /** What RTPEngine 10.5 answered to a delete over HTTP, about a call with losses on one side. */
  @Test
  void delete_afterItsCookie_isTheQualityOfBothSides() {
    List<Occurrence> heard = heard(OF_CALL, Payloads.text("rtpengine/delete.txt"));
    assertThat(heard)
        .extracting(Occurrence::event)
        .containsExactly(
            quality("PCMU/8000", 4.2, 3.0, 0.01, 59.904),
            quality("PCMU/8000", 4.2, 3.0, 0.01, 71.422));
    assertThat(heard).allMatch(o -> o.time().equals(Instant.ofEpochSecond(1_795_196_590)));
  }

  @Test
  void error_isRefusedWithItsReason() {
    HttpResponse<String> answer = post(OF_CALL, Payloads.text("rtpengine/error.json"));
    assertRefused(answer, 400, "invalid_value");
    assertThat(answer.body()).contains("Unknown call-id");
    assertThat(server.journal().refused()).containsEntry("rtpengine invalid_value", 1L);
  }

  @Test
  void homer_isTheQualityOfItsCall() {
    assertThat(only(OF_CALL, Payloads.text("rtpengine/homer.json")))
        .isEqualTo(quality(null, 4.2, 20.0, null, 45.0));
    assertThat(
            only(
                OF_CALL,
                "{\"ssrc\":7,\"packets\":990,\"lost\":10,\"jitter\":6.5,\"mos\":4.1,"
                    + "\"r_factor\":91.2,\"codec\":\"G729\"}"))
        .isEqualTo(new Quality(CALL, null, "G729", 4.1, 91.2, 6.5, 0.01, null));
    assertRefused(post(OF_CALL, "{\"mos\":43}"), 400, "invalid_value");
  }

  @Test
  void statistics_areOfTheNode() {
    String body = Payloads.text("rtpengine/statistics.json");
    assertThat(only(PATH + "?node=rtp-1", body)).isEqualTo(new Rtpengine("rtp-1", 42, null));
    assertThat(only(PATH + "?node=rtp-1&capacity=1000", body))
        .isEqualTo(new Rtpengine("rtp-1", 42, 4.2));
    assertThat(only(PATH + "?node=rtp-1&capacity=40", body))
        .isEqualTo(new Rtpengine("rtp-1", 42, 100.0));
    assertThat(only(PATH + "?node=rtp-1", Payloads.text("rtpengine/jsonstats.json")))
        .isEqualTo(new Rtpengine("rtp-1", 0, null));
    String ofTheCommandLine = "{\"currentstatistics\":{\"sessionstotal\":\"42\"}}";
    assertThat(only(PATH + "?node=rtp-1", ofTheCommandLine))
        .isEqualTo(new Rtpengine("rtp-1", 42, null));
    assertThat(post(PATH + "?node=rtp-1", ofTheCommandLine).body()).contains("\"duplicates\":1");
  }

  @Test
  void statistics_withoutSessionsOrNode_areRefused() {
    String body = Payloads.text("rtpengine/statistics.json");
    assertRefused(post(PATH, body), 400, "missing_field");
    assertRefused(post(PATH + "?node=", body), 400, "missing_field");
    assertRefused(post(PATH + "?node=rtp-1", "{}"), 400, "missing_field");
    assertRefused(post(PATH + "?node=rtp-1&capacity=0", body), 400, "invalid_value");
    assertRefused(
        post(PATH + "?node=rtp-1", body.replace("\"sessionstotal\":42", "\"sessionstotal\":-1")),
        400,
        "invalid_value");
  }
}
