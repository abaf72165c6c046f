package io.busyhour.receive.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AlertEvent.Firing;
import io.busyhour.event.AlertEvent.Resolved;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.MaskedData;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.Payloads;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payloads are what Alertmanager 0.25 sent, but for the day and the name of its machine. */
class AlertsDoorTest extends DoorContract {
  private static final String PATH = "/v1/alerts";
  private static final String TWO = Payloads.text("alertmanager/firing.json");
  private static final String RESOLVED = Payloads.text("alertmanager/resolved.json");
  private static final String ONE =
      "{\"receiver\":\"busyhour\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"n\":\"%s\"},"
          + "\"annotations\":{},\"startsAt\":\"2026-11-20T07:00:00Z\","
          + "\"endsAt\":\"0001-01-01T00:00:00Z\",\"generatorURL\":\"\",\"fingerprint\":\"f%s\"}],"
          + "\"version\":\"4\",\"groupKey\":\"{}\"}";

  private HttpRequest.Builder to(String body) {
    return server.to(PATH).POST(BodyPublishers.ofString(body));
  }

  @Override
  protected HttpRequest.Builder proven(String body) {
    return to(body).header("Authorization", "Bearer " + DoorServer.TOKEN);
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return to(body).header("Authorization", "Bearer " + DoorServer.READER);
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return to(body);
  }

  @Override
  protected String body(int number) {
    return ONE.formatted(number, number);
  }

  @Override
  protected String bodyWithUnknownFields() {
    return body(1)
        .replaceFirst("\\{", "{\"weather\":[{\"sun\":null}],")
        .replace("\"status\":", "\"dashboardURL\":\"\",\"values\":{\"B\":44.2},\"status\":");
  }

  @Override
  protected String bodyOf(int length) {
    return body(1).replace("\"annotations\":{}", "\"note\":\"" + "x".repeat(length) + "\"");
  }

  @Override
  protected String source() {
    return "alertmanager";
  }

  @Override
  protected int unprovenStatus() {
    return 401;
  }

  @Override
  protected String bodyOfUnknownType() {
    return body(1).replace("\"firing\"", "\"suppressed\"");
  }

  private List<Delivery> heard(String body, String answer) {
    server.journal().clear();
    assertThat(server.send(proven(body)).body()).isEqualTo(answer);
    return server.journal().stored();
  }

  private Delivery only(String body) {
    List<Delivery> heard = heard(body, "{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");
    assertThat(heard).hasSize(1);
    return heard.get(0);
  }

  @Test
  void notification_isAnEventForEachAlert() {
    List<Delivery> heard = heard(TWO, "{\"accepted\":2,\"duplicates\":0,\"rejected\":[]}");
    assertThat(heard)
        .extracting(Delivery::key)
        .containsExactly(
            new EventKey("alertmanager", "b26f5c22e76352b0 firing 2026-11-20T07:37:47.123Z"),
            new EventKey("alertmanager", "b5833821c7916090 firing 2026-11-20T07:37:47.123Z"));
    Occurrence first = heard.get(0).occurrences().get(0);
    assertThat(first.time()).isEqualTo(Instant.parse("2026-11-20T07:37:47.123Z"));
    assertThat(first.event())
        .isEqualTo(new Firing("b26f5c22e76352b0", "TrunkAsrLow", "critical", "acme", "t1"));
    assertThat(first.data())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("fingerprint", "b26f5c22e76352b0"),
                Map.entry("alertname", "TrunkAsrLow"),
                Map.entry("severity", "critical"),
                Map.entry("account", "acme"),
                Map.entry("trunk", "t1"),
                Map.entry(
                    "labels",
                    Map.of(
                        "account", "acme",
                        "alertname", "TrunkAsrLow",
                        "severity", "critical",
                        "trunk", "t1")),
                Map.entry(
                    "annotations",
                    Map.of(
                        "description", "Below 40 % for 5 minutes.",
                        "summary", "ASR of t1 is 31 %")),
                Map.entry("starts_at", "2026-11-20T07:37:47.123Z"),
                Map.entry(
                    "generator_url",
                    "http://prometheus.example.com:9090/graph"
                        + "?g0.expr=warp_trunk_asr%7Btrunk%3D%22t1%22%7D+%3C+40&g0.tab=1"),
                Map.entry("receiver", "busyhour")));
  }

  @Test
  void alert_forThoseWhoMaySeeNoNumbers_isStillItself() {
    Occurrence said =
        heard(TWO, "{\"accepted\":2,\"duplicates\":0,\"rejected\":[]}").get(0).occurrences().get(0);
    assertThat(MaskedData.of(said)).isEqualTo(said.data());
  }

  @Test
  void resolved_isHeardOnceAndWhatStillFiresIsARepeat() {
    heard(TWO, "{\"accepted\":2,\"duplicates\":0,\"rejected\":[]}");
    String answer = "{\"accepted\":1,\"duplicates\":1,\"rejected\":[]}";
    assertThat(server.send(proven(RESOLVED)).body()).isEqualTo(answer);
    assertThat(server.send(proven(RESOLVED.replace("07:37:51Z", "07:37:59Z"))).body())
        .isEqualTo("{\"accepted\":0,\"duplicates\":2,\"rejected\":[]}");
    Occurrence last = server.journal().stored().get(2).occurrences().get(0);
    assertThat(last.time()).isEqualTo(Instant.parse("2026-11-20T07:37:51Z"));
    assertThat(last.event())
        .isEqualTo(new Resolved("b26f5c22e76352b0", "TrunkAsrLow", "critical", "acme", "t1"));
    assertThat(last.data().get("ends_at")).isEqualTo("2026-11-20T07:37:51Z");
  }

  @Test
  void resolved_atAnUnknownTime_isOfTheTimeOfItsReceipt() {
    Occurrence said = only(body(1).replace("\"firing\"", "\"resolved\"")).occurrences().get(0);
    assertThat(said.time()).isEqualTo(DoorServer.NOW);
    assertThat(said.data().containsKey("ends_at")).isFalse();
  }

  @Test
  void alert_withoutFingerprint_hasThatOfItsLabels() {
    String body = body(1).replace(",\"fingerprint\":\"f1\"", "");
    String id = only(body).key().id();
    assertThat(id).matches("[0-9a-f]{32} firing 2026-11-20T07:00:00Z");
    assertThat(only(body.replace("\"generatorURL\":\"\"", "\"fingerprint\":\"\"")).key().id())
        .isEqualTo(id);
    assertThat(only(body.replace("\"n\":\"1\"", "\"n\":\"2\"")).key().id()).isNotEqualTo(id);
  }

  @Test
  void alert_badOneOfSeveral_costsItself() {
    String body = TWO.replaceFirst("\"startsAt\":\"[^\"]*\"", "\"startsAt\":\"soon\"");
    List<Delivery> heard =
        heard(
            body,
            "{\"accepted\":1,\"duplicates\":0,\"rejected\":[{\"index\":0,\"error\":"
                + "\"invalid_time\",\"message\":\"startsAt: \\\"soon\\\" (expected: an RFC 3339"
                + " time such as 2026-11-20T08:00:00.123Z)\"}]}");
    assertThat(heard).hasSize(1);
    assertThat(server.journal().refused()).isEqualTo(Map.of("alertmanager invalid_time", 1L));
    heard(
        TWO.replaceFirst("ASR of t2", "\\\\u0000"),
        "{\"accepted\":1,\"duplicates\":0,\"rejected\":[{\"index\":1,\"error\":"
            + "\"invalid_value\",\"message\":\"\\\"\uFFFD is 38 %\\\" is no well-formed Unicode,"
            + " or has U+0000 in it.\"}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'\"status\":\"firing\",'; ''; missing_field; alert needs status",
        "'\"2026-11-20T07:00:00Z\"'; '\"0001-01-01T00:00:00Z\"'; missing_field;"
            + " alert needs startsAt",
        "'{\"n\":\"1\"}'; '{\"n\":1}'; wrong_type;"
            + " 'alert: labels: \\\"1\\\" (expected: texts only)'",
        "'{\"n\":\"1\"}'; '[]'; wrong_type;"
            + " 'alert: labels: \\\"[]\\\" (expected: texts by name)'",
        "'{\"n\":\"1\"},'; '{},\"fingerprint\":\"\",\"x\":'; malformed_json; ''"
      })
  void alert_bad_isRefusedWithTheRule(String part, String spoiled, String word, String message) {
    HttpResponse<String> answer = server.send(proven(body(1).replace(part, spoiled)));
    if (!message.isEmpty()) {
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"%s\",\"message\":\"%s\"}".formatted(word, message));
    }
    assertRefused(answer, 400, word);
  }

  @Test
  void alert_ofNothing_isRefused() {
    assertRefused(server.send(proven("{\"alerts\":{}}")), 400, "wrong_type");
    assertRefused(server.send(proven("{\"alerts\":[]}")), 400, "missing_field");
    assertRefused(server.send(proven("[]")), 400, "wrong_type");
    heard(
        "{\"alerts\":[],\"groupKey\":\"{}\"}", "{\"accepted\":0,\"duplicates\":0,\"rejected\":[]}");
  }

  @Test
  void basicAuthorization_isProof() {
    String password =
        Base64.getEncoder()
            .encodeToString(("alertmanager:" + DoorServer.TOKEN).getBytes(StandardCharsets.UTF_8));
    assertThat(server.send(to(TWO).header("Authorization", "Basic " + password)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "https://p.example.com/graph?a=b&g0.expr=up, https://p.example.com/graph?g0.expr=up",
    "https://p.example.com/alerting/grafana/x/view?orgId=1, "
        + "https://p.example.com/alerting/grafana/x/view",
    "https://u:p@p.example.com:9090/#top, https://p.example.com:9090/",
    "javascript:alert(1),",
    "'http://p.example.com/ ',",
    "http:///graph,"
  })
  void generatorUrl_isWithoutSecrets(String sent, String shown) {
    assertThat(GeneratorUrl.shown(sent)).isEqualTo(shown);
  }
}
