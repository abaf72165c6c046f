package io.busyhour.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.cli.remote.FakeBusyhour;
import io.busyhour.cli.simulate.incident.Incident;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CliTest {
  private static final String LEDGER =
      """
      {"sources":[
        {"source":"simulator/switch","received":1234567,"accepted":1234560,"duplicates":5,
         "rejected":{"missing_field":2},"last_event":"2026-11-20T10:00:00.123456Z"},
        {"source":"a source with a name so long that a table of eighty columns cannot hold it",
         "received":1,"accepted":1,"duplicates":0,"rejected":{},"last_event":null}],
       "calls_without_end":3}\
      """;

  private final FakeBusyhour server = new FakeBusyhour();
  private final List<Launch.Task> launched = new ArrayList<>();

  @TempDir private Path folder;

  private record Run(int exit, String out, String err) {}

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void serveAndDemo_areHandedToWhoeverStartsTheServer() {
    assertThat(run("serve").exit()).isZero();
    assertThat(run("demo", "-Dcli.test.setting=5").exit()).isZero();
    assertThat(run("check-config").exit()).isZero();
    assertThat(launched).containsExactly(Launch.Task.SERVE, Launch.Task.DEMO, Launch.Task.CHECK);
    assertThat(System.clearProperty("cli.test.setting")).isEqualTo("5");
  }

  @Test
  void help_namesTheCommands() {
    List<String> commands =
        run("--help").out().lines().filter(line -> line.matches("  [a-z].*")).toList();
    assertThat(commands.stream().map(line -> line.strip().split(" ", 2)[0]))
        .startsWith("serve", "demo", "simulate", "send", "dashboard", "health")
        .endsWith("export-csv", "export-json", "check-config", "token", "completion");
    assertThat(run("simulate", "--help").out()).contains("--seed", "--url");
  }

  @Test
  void version_isTheBuilds() {
    assertThat(run("--version").out()).matches("busyhour \\d+\\.\\d+\\S* on Java .*\\R");
  }

  @Test
  void command_wrong_saysSoInOneSentence() {
    assertThat(run())
        .isEqualTo(new Run(2, "", lines("busyhour: a command is missing", "Try: busyhour --help")));
    assertThat(run("ledgre").err()).contains("ledgre").contains("ledger");
    assertThat(run("ledgre").exit()).isEqualTo(2);
    assertThat(run("simulate", "--for", "5 apples").err())
        .contains("\"5 apples\" (expected: a duration such as 30s, 5m or 2h)");
    assertThat(run("simulate", "--rate", "-1").err()).contains("--rate: -1.0 (expected: above 0");
    assertThat(run("ledger", "--url", "ftp://x").err())
        .contains("--url: \"ftp://x\" (expected: such as http://localhost:8080)");
  }

  @Test
  void ledger_forPeople_fitsEightyColumns() {
    server.answersOnce(200, null, LEDGER);
    Run run = ask("ledger");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out()).contains("1,234,567", "2026-11-20 10:00", "missing_field", "an end: 3");
  }

  @Test
  void ledger_forMachines_isTheAnswer() throws IOException {
    server.answersOnce(200, null, LEDGER);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(ask("ledger", "--json").out())).isEqualTo(json.readTree(LEDGER));
  }

  @Test
  void ledger_serverAway_exitsWithTwo() {
    server.close();
    Run run = ask("ledger");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("busyhour: no Busyhour answers at").hasLineCount(1);
  }

  private static final String CALLS =
      """
      {"calls":[{"call_id":"CA00000000000000000000000000000001","status":"no_answer",
        "campaign_id":"a campaign of a long name","from":"+1303555****","to":"+1212555****",
        "started_at":"2026-11-20T08:15:00.123456Z","duration_seconds":75.4}],
       "next_cursor":"2026-11-20T08:15:00.123456Z,CA1"}\
      """;

  @Test
  void calls_forPeople_fitsEightyColumnsAndSaysHowToReadOn() {
    server.answersOnce(200, null, CALLS);
    Run run = ask("calls", "--campaign", "a b", "--limit", "1");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("11-20 08:15:00", "no_answer", "+1212555****", "1:15")
        .contains("more: --cursor '2026-11-20T08:15:00.123456Z,CA1'");
    assertThat(server.requests()).containsExactly("GET /calls?campaign=a+b&limit=1");
  }

  @Test
  void calls_refused_saysWhy() {
    server.answersOnce(400, null, "{\"error\":\"invalid_value\",\"message\":\"limit must be 1.\"}");
    assertThat(ask("calls", "--limit", "x"))
        .isEqualTo(new Run(2, "", lines("busyhour: limit must be 1.")));
  }

  @Test
  void timeline_forPeople_tellsHowLateEventsCame() {
    server.answersOnce(
        200,
        null,
        "{\"events\":[{\"time\":\"2026-11-20T08:00:00Z\","
            + "\"received_at\":\"2026-11-20T08:00:02.5Z\",\"source\":\"switch\","
            + "\"type\":\"call.ended\",\"duplicates\":1}],\"deleted\":3,\"left_out\":0}");
    assertThat(ask("timeline", "a/b").out())
        .contains("call.ended", "+2.5 s", "3 deliveries are not in the journal any more");
    assertThat(server.requests()).containsExactly("GET /calls/a%2Fb/timeline");
  }

  @Test
  void exportCsv_cutOff_goesOnAfterTheLastWholeLine() throws IOException {
    Path file = folder.resolve("calls.csv");
    String head = "call_id,call_type,caller_number,callee_number,started_at,ended_at";
    String one = "\"o,ne\",,,,2026-11-20T08:00:00Z,";
    String two = "two,,,,2026-11-20T08:00:01Z,";
    leave("?format=csv&days=7", head + "\r\n" + one + "\r\ntwo,,,,2026");
    server.answersOnce(200, null, head + "\r\n" + two + "\r\n");
    Run run = ask("export-csv", "--out", file.toString(), "--days", "7");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("goes on after 1 calls", "2 calls in");
    assertThat(Files.readString(file)).isEqualTo(head + "\r\n" + one + "\r\n" + two + "\r\n");
    assertThat(server.requests())
        .containsExactly(
            "GET /metrics/export?format=csv&days=7&cursor=2026-11-20T08%3A00%3A00Z%2Co%2Cne");
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  /** What an export that was cut off leaves. */
  private void leave(String asked, String text) throws IOException {
    Files.writeString(folder.resolve("calls.csv.part"), text);
    Files.writeString(
        folder.resolve("calls.csv.part.asked"), server.url() + "/metrics/export" + asked + "\n");
  }

  @Test
  void exportCsv_cutOffWithOtherOptions_beginsAnew() throws IOException {
    Path file = folder.resolve("calls.csv");
    String text = "call_id,x,y,z,started_at\r\ntwo,,,,2026-11-20T08:00:01Z\r\n";
    leave("?format=csv&days=7&fields=all", "call_id\r\none\r\n");
    server.answersOnce(200, null, text);
    Run run = ask("export-csv", "--out", file.toString(), "--days", "7");
    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "begins anew: %s.part was of an export with other options\n1 calls in %s\n"
                .formatted(file, file));
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(server.requests()).containsExactly("GET /metrics/export?format=csv&days=7");
  }

  @Test
  void exportCsv_intoNoFolder_saysThatItCannotBeWritten() {
    Path file = folder.resolve("none").resolve("calls.csv");
    Run run = ask("export-csv", "--out", file.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("busyhour: --out: " + file + ".part cannot be written\n");
  }

  @Test
  void worst_measures_haveNoDecimalsThatNobodyMeasured() {
    String id = "CA" + "0".repeat(32);
    String row =
        "{\"call_id\":\"%s\",\"account\":\"northwind\",\"trunk\":\"dallas-1\",\"value\":%s,"
            + "\"time\":\"2026-11-20T10:00:00Z\"}";
    server.answersOnce(
        200,
        null,
        "{\"calls\":[" + row.formatted(id, "8197.0") + "," + row.formatted(id, "2.89149") + "]}");
    assertThat(ask("worst", "--by", "pdd").out())
        .contains(id + "   8197  11-20 10:00:00", id + "  2.891  11-20 10:00:00");
  }

  @Test
  void exportJson_lines_becomeOneDocument() throws IOException {
    String one = "{\"call_id\":\"one\",\"started_at\":\"2026-11-20T08:00:00Z\"}";
    String two = "{\"call_id\":\"two\",\"started_at\":\"2026-11-20T08:00:01Z\"}";
    server.answersOnce(200, null, one + "\n" + two + "\n");
    Path file = folder.resolve("calls.json");
    assertThat(ask("export-json", "--out", file.toString()).exit()).isZero();
    JsonNode whole = new ObjectMapper().readTree(Files.readString(file));
    assertThat(whole.path("calls").toString()).isEqualTo("[" + one + "," + two + "]");
    assertThat(whole.path("call_count").asInt()).isEqualTo(2);
  }

  @Test
  void call_known_showsItsFields() {
    server.answersOnce(200, null, "{\"call_id\":\"a/b c\",\"status\":\"busy\",\"mos\":null}");
    Run run = ask("call", "a/b c");
    assertThat(run.out())
        .isEqualTo(lines("call_id                 a/b c", "status                  busy"));
    assertThat(server.requests()).containsExactly("GET /calls/a%2Fb%20c");
  }

  @Test
  void call_unknown_exitsWithOne() {
    server.answersOnce(404, null, "{\"error\":\"not_found\",\"message\":\"no call x\"}");
    assertThat(ask("call", "x")).isEqualTo(new Run(1, "", lines("busyhour: no call x")));
  }

  @Test
  void token_line_holdsItsHash() throws Exception {
    JsonNode made =
        new ObjectMapper().readTree(run("token", "crm", "--role", "ingest,read", "--json").out());
    String token = made.path("token").asText();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(made.path("line").asText())
        .isEqualTo("crm ingest,read " + HexFormat.of().formatHex(hash));
    assertThat(run("token").out()).isNotEqualTo(run("token").out());
    assertThat(run("token", "--role", "boss").exit()).isEqualTo(2);
  }

  @Test
  void tokenFile_isSentAndNeverShown() throws IOException {
    server.wantsToken("right");
    server.answersOnce(200, null, LEDGER);
    Path good = Files.writeString(folder.resolve("good"), "right\n");
    assertThat(ask("ledger", "--token-file", good.toString()).exit()).isZero();
    Path odd = Files.writeString(folder.resolve("odd"), "two secrets\n");
    Run run = ask("ledger", "--token-file", odd.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("does not hold one token").doesNotContain("secrets");
    assertThat(ask("ledger", "--token-file", folder + "/none").err()).contains("cannot be read");
  }

  @Test
  void send_lines_countsAndNamesTheRejected() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_200; i++) {
      text.append(event("e" + i)).append('\n');
    }
    text.append("\n{\"id\":\"bad\"}\n").append(event("e0")).append('\n');
    Path file = Files.writeString(folder.resolve("events.ndjson"), text);
    Run run = ask("send", file.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEqualTo(lines("accepted 1,200, duplicates 1, rejected 1"));
    assertThat(run.err()).contains(file + ":1202: missing_field: an event needs type");
    assertThat(server.batches()).containsExactly(500, 500, 202);
  }

  @Test
  void send_again_isAllDuplicates() throws IOException {
    Path file =
        Files.writeString(folder.resolve("a.json"), "[" + event("1") + "," + event("2") + "]");
    assertThat(ask("send", file.toString()).out())
        .isEqualTo(lines("accepted 2, duplicates 0, rejected 0"));
    assertThat(ask("send", "--json", file.toString()))
        .isEqualTo(new Run(0, lines("{\"accepted\":0,\"duplicates\":2,\"rejected\":0}"), ""));
  }

  @Test
  void send_badFile_saysWhere() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "[" + event("1") + ",\n{]");
    Run run = ask("send", file.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("is no JSON array from line 2 on");
    assertThat(ask("send", folder + "/none").exit()).isEqualTo(2);
  }

  @Test
  void simulate_fast_tellsTheTotals() {
    Run run = ask("simulate", "--rate", "20", "--for", "10s", "--fast", "--json");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .matches("\\{\"seconds\":\\d.*,\"sent\":\\d+,\"accepted\":\\d+.*\"rejected\":0}\\R");
    assertThat(server.events()).isNotEmpty();
  }

  @Test
  void simulate_forPeople_saysHowToDoItAgain() {
    String at = "2026-11-20T10:00:00Z";
    Run run = ask("simulate", "--rate", "20", "--for", "5s", "--fast", "--seed", "9", "--at", at);
    assertThat(run.out()).contains("the same again: --seed 9 --at " + at).contains("accepted");
  }

  @Test
  void simulate_incident_saysWhatGoesWrongAndWhen() {
    String at = "2026-11-20T10:00:00Z";
    Run run = ask("simulate", "--for=5s", "--fast", "--at", at, "--incident", "slow-pdd");
    assertThat(run.out())
        .contains(
            "slow-pdd from 2026-11-20T10:05:00Z to 2026-11-20T10:35:00Z: on trunk dallas-1 it"
                + " rings after six times as long as usual");
  }

  @Test
  void simulate_incidentThatIsNone_listsThoseThatThereAre() {
    Run run = run("simulate", "--incident", "trunk-outtage");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "\"trunk-outtage\" (expected: one of trunk-outage, slow-pdd, spend-fraud,"
                + " carrier-filtering, partner-down, dead-worker, silent-provider, redis-failure,"
                + " callers-on-hold)");
    assertThat(run("simulate", "--incident-for", "0s").err())
        .contains("--incident-for: PT0S (expected: longer than nothing)");
    assertThat(run("simulate", "--incident-after", "-1s").err())
        .contains("--incident-after: PT-1S (expected: not negative)");
  }

  @Test
  void simulate_incidents_areInItsHelpAndInTheDocuments() throws IOException {
    String help = run("simulate", "--help").out().replaceAll("\\s+", " ");
    String document = Files.readString(Path.of("docs/command-line.md"));
    for (Incident incident : Incident.values()) {
      assertThat(help).contains(incident.word());
      assertThat(document)
          .contains("| `%s` | %s | ".formatted(incident.word(), incident.description()));
    }
  }

  private static String event(String id) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"call.ringing\"}"
        .formatted(id);
  }

  private Run ask(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(1, "--url=" + server.url());
    return run(all.toArray(String[]::new));
  }

  private Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Cli.commandLine(
            task -> {
              launched.add(task);
              return 0;
            });
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(args);
    return new Run(exit, out.toString(), err.toString());
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
