package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.journal.HandClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the views say is the same on PostgreSQL as on H2. */
class PostgresViewsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:02:30Z");
  private static final int CALLS = 60;
  private static final List<String> OUTCOMES =
      List.of("completed", "busy", "failed", "timeout", "no_answer");

  private static final List<String> PATHS =
      List.of(
          "/metrics/dashboard",
          "/metrics/hourly?hours=48",
          "/metrics/daily?days=3&campaign=c1",
          "/metrics/failures?limit=5",
          "/calls?limit=7",
          "/calls?limit=7&cursor=2026-11-20T02:00:00Z,call-3",
          "/calls?status=failed&campaign=c2&account=a2&trunk=t1",
          "/calls?since=2026-11-20T03:00:00Z&until=2026-11-20T09:00:00Z",
          "/calls/call-7",
          "/calls/call-7/timeline",
          "/metrics/export?format=csv&fields=all",
          "/metrics/export?format=json",
          "/metrics/export?format=ndjson&days=1",
          "/zombie-calls?threshold=60");

  @TempDir private Path folder;

  @Test
  void views_ofTheSameCalls_areThoseOfH2() throws Exception {
    Map<String, String> expected = seen(Map.of());
    assertThat(expected.get("/calls?limit=7")).contains("call-");
    assertThat(expected.get("/metrics/export?format=csv&fields=all").lines()).hasSize(CALLS + 1);
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      Map<String, String> settings =
          Map.of(
              "busyhour.database.url",
              postgres.getJdbcUrl("postgres", "postgres"),
              "busyhour.database.user",
              "postgres");
      seen(settings)
          .forEach((path, body) -> assertThat(body).as(path).isEqualTo(expected.get(path)));
    }
  }

  private Map<String, String> seen(Map<String, String> settings) {
    try (Running server = Running.start(folder, settings, new HandClock(NOW).clock())) {
      History history = new History("switch");
      for (int i = 0; i < CALLS; i++) {
        Instant start = NOW.minusSeconds(90_000).plusSeconds(1_400L * i);
        history.say(
            "call.initiated",
            "call-" + i,
            start,
            "\"campaign_id\":\"c%d\",\"account\":\"a%d\",\"trunk\":\"t1\"".formatted(i % 3, i % 4)
                + ",\"from\":\"+13035550123\",\"to\":\"+12125550145\"");
        String outcome = OUTCOMES.get(i % OUTCOMES.size());
        if (i % 11 != 0) {
          history.say(
              "call.ended",
              "call-" + i,
              start.plusSeconds(30 + i),
              "\"outcome\":\"%s\",\"duration_seconds\":%d,\"sip_code\":%d,\"cost\":\"0.%02d\""
                  .formatted(outcome, i, 486, i));
        }
      }
      history.send(server);
      Map<String, String> bodies = new LinkedHashMap<>();
      for (String path : PATHS) {
        // The journal stamps entries by the machine's clock.
        bodies.put(path, server.get(path).body().replaceAll("\"received_at\":\"[^\"]*\"", ""));
      }
      return bodies;
    }
  }
}
