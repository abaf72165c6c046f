package io.busyhour.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.cli.remote.FakeBusyhour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that show sums. */
class FiguresTest {
  private static final String DASHBOARD =
      """
      {"period":{"start":"2026-11-19T12:00:00Z","end":"2026-11-20T12:02:30Z"},
       "summary":{"total_calls":1234,"total_calls_delta":150.0,"success_rate":66.7,
         "success_rate_delta":-1.3,"avg_duration":65.0,"avg_duration_delta":null,"active_now":2},
       "breakdown":{"by_status":{"completed":1000,"no_answer":7},"by_type":{"inbound":2},
         "failure_reasons":{"sip_503":5}},
       "duration":{"avg":65.0,"min":1.0,"max":601.0,"p50":60.0,"p95":120.5,"p99":null},
       "transcript":{"calls_with_transcript":1,"transcript_rate":50.0},
       "quality":{"asr":{"value":66.7,"samples":3},"ner":{"value":null,"samples":0},
         "mos":{"value":4.2,"samples":1}},
       "campaigns":{"since":"2026-11-19T12:00:00Z","top":[
         {"campaign_id":"a campaign whose name is so long that no table of eighty has room for it",
          "total":2,"completed":1,"failed":1,"avg_duration":60.0,"success_rate":50.0}]}}
      """;
  private static final String HOURS =
      """
      {"timeseries":[
        {"hour":"2026-11-20T11:00:00Z","total":8,"completed":6,"failed":1,"avg_duration":61.4},
        {"hour":"2026-11-20T12:00:00Z","total":1,"completed":0,"failed":0,"avg_duration":null},
        {"hour":"2026-11-20T13:00:00Z","total":0,"completed":0,"failed":0,"avg_duration":null}],
       "hours":3}
      """;
  private static final String ZOMBIE =
      """
      {"call_id":"CA0123456789abcdef0123456789abcdef","started_at":"2026-11-20T10:00:00Z",
       "age_seconds":7350,"from":"+1303555****","to":"+1212555****"}
      """;
  private static final String HEALTH =
      """
      {"status":"%s","indicators":{"calls_last_hour":3,"success_rate":50.0,"active_calls":null,
        "avg_duration":60.0},"warnings":["Something is wrong."]}
      """;

  private final FakeBusyhour server = new FakeBusyhour();

  private record Run(int exit, String out, String err) {}

  @AfterEach
  void close() {
    server.close();
  }

  private Run ask(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(1, "--url=" + server.url());
    return run(all.toArray(String[]::new));
  }

  private static Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Cli.commandLine(task -> 0);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(args);
    return new Run(exit, out.toString(), err.toString());
  }

  @Test
  void dashboard_fitsEightyColumns() {
    server.answersOnce(200, null, DASHBOARD);
    Run run = ask("dashboard");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("Calls that began from 11-19 12:00:00 to 11-20 12:02:30 (UTC)")
        .contains("+150.0 %", "-1.3 points", "1:05", "1,234", "sip_503", "a campaign whose");
  }

  @Test
  void hourly_hasBars() {
    server.answersOnce(200, null, HOURS);
    Run run = ask("hourly", "--hours", "3", "--campaign", "a b");
    assertThat(run.out())
        .isEqualTo(
            """
            hour (UTC)        calls  completed  failed  talk
            2026-11-20 11:00      8          6       1  1:01  ########################
            2026-11-20 12:00      1          0       0     -  ###
            2026-11-20 13:00      0          0       0     -
            """);
    assertThat(server.requests()).containsExactly("GET /metrics/hourly?hours=3&campaign=a+b");
  }

  @Test
  void table_atTheEnd_isWrittenBeforeTheProcessEnds() {
    server.answersOnce(200, null, HOURS);
    PrintStream terminal = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, false, StandardCharsets.UTF_8));
    try {
      assertThat(Cli.run(task -> 0, "hourly", "--url=" + server.url())).isZero();
      System.out.flush();
    } finally {
      System.setOut(terminal);
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).startsWith("hour (UTC)").hasLineCount(4);
  }

  @Test
  void daily_asksForDays() {
    server.answersOnce(
        200,
        null,
        "{\"timeseries\":[{\"date\":\"2026-11-20\",\"total\":2,\"completed\":2,\"failed\":0,"
            + "\"avg_duration\":30,\"success_rate\":100.0}],\"days\":1}");
    assertThat(ask("daily", "--days", "1").out()).contains("2026-11-20      2          2");
    assertThat(server.requests()).containsExactly("GET /metrics/daily?days=1");
  }

  @Test
  void health_degraded_exitsWithOne() {
    server.answersOnce(503, null, HEALTH.formatted("degraded"));
    Run run = ask("health");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            status                  degraded
            calls in the last hour  3
            success rate            50.0 %
            active calls            -
            average talk time       1:00
            warning: Something is wrong.
            """);
    server.answersOnce(200, null, HEALTH.formatted("healthy"));
    assertThat(ask("health", "--json").exit()).isZero();
  }

  @Test
  void prometheus_isPrintedAsItIs() throws IOException {
    server.answersOnce(200, null, "voice_calls_active 2.0\n");
    assertThat(ask("prometheus").out()).isEqualTo("voice_calls_active 2.0\n");
    server.answersOnce(200, null, "{\"metrics\":{\"voice_calls_active\":2,\"up\":1}}");
    assertThat(new ObjectMapper().readTree(ask("prometheus", "--json").out()).toString())
        .isEqualTo("{\"metrics\":{\"voice_calls_active\":2}}");
  }

  @Test
  void zombies_areListed() {
    server.answersOnce(200, null, "{\"zombies\":[" + ZOMBIE + "],\"count\":1500}");
    Run run = ask("zombies", "--threshold", "60");
    assertThat(run.out())
        .isEqualTo(
            """
            call                                   began (UTC)    open  campaign
            CA0123456789abcdef0123456789abcdef  11-20 10:00:00  2:02 h

            calls that have been open for more than 60 s: 1,500
            """);
    assertThat(server.requests()).containsExactly("GET /zombie-calls?threshold=60");
  }

  @Test
  void cleanup_saysWhatWasEnded() {
    String answer =
        "{\"success\":%b,\"cleaned_count\":%d,\"cleaned_calls\":[%s],\"remaining\":%d,"
            + "\"errors\":[%s]}";
    server.answersOnce(200, null, answer.formatted(true, 1, ZOMBIE, 4, ""));
    Run some = ask("cleanup");
    assertThat(some.exit()).isZero();
    assertThat(some.out()).contains("ended: 1\n", "still open: 4; run it again");
    server.answersOnce(200, null, answer.formatted(false, 0, "", 5, "\"Try again.\""));
    Run none = ask("cleanup", "--dry-run");
    assertThat(none)
        .isEqualTo(new Run(1, "calls that would be ended: 5\n", "busyhour: Try again.\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dashboard", "prometheus", "health", "hourly", "daily", "zombies", "cleanup"})
  void server_refusing_isSaidInOneSentence(String command) {
    server.answersOnce(400, null, "{\"error\":\"invalid_value\",\"message\":\"Not so.\"}");
    assertThat(ask(command)).isEqualTo(new Run(2, "", "busyhour: Not so.\n"));
    server.close();
    Run away = ask(command);
    assertThat(away.exit()).isEqualTo(2);
    assertThat(away.err()).startsWith("busyhour: no Busyhour answers at").hasLineCount(1);
  }

  @Test
  void completion_isAScript() {
    assertThat(run("completion").out()).startsWith("#!/usr/bin/env bash").contains("dashboard");
  }
}
