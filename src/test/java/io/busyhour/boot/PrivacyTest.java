package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.boot.log.Lines;
import io.busyhour.boot.log.Logs;
import io.busyhour.boot.settings.LogLevel;
import io.busyhour.cli.simulate.SimulatedDay;
import io.busyhour.receive.livekit.LivekitSigner;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No number that was sent is in anything that comes out: all doors, all that GET /openapi names, in
 * all formats, with refusals and the log of everything. A view is looked at because it is in the
 * API, with some values for each parameter of its query, one at a time.
 */
class PrivacyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PAYLOADS = Path.of("src/test/resources/payloads");

  /** Events a second in the busy hour: makes some 13,000 of a day. */
  private static final double RATE = 0.25;

  private static final int FIRST = 1_000;
  private static final int BATCH = 5_000;

  /** Digits with at most two separators between them, at least as many as a number has. */
  private static final Pattern DIGITS = Pattern.compile("\\d(?:(?:%20|[-. ()]){0,2}\\d){9,}");

  private static final int NATIONAL = 10;
  private static final Duration MOST_OF_A_DAY = Duration.ofHours(22);
  private static final String BROKEN = "+13035550188";
  private static final List<String> MEDIA =
      List.of(
          "*/*",
          "application/json",
          "text/plain",
          "text/csv",
          "application/x-ndjson",
          "application/openmetrics-text;version=1.0.0",
          "application/vnd.google.protobuf");

  @TempDir Path folder;
  private final Set<String> numbers = new TreeSet<>();
  private final Map<String, String> out = new LinkedHashMap<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<String> ours = new ConcurrentLinkedQueue<>();
  private final List<Handler> usual = new ArrayList<>();
  private final Handler log = new Capture();
  private Running server;
  private String callId;

  /** All lines as they are written, and those of ours that anybody sees as they were said. */
  private final class Capture extends Handler {
    private final Lines format = new Lines();

    @Override
    public void publish(LogRecord record) {
      String name = String.valueOf(record.getLoggerName());
      if (name.startsWith("jdk.") || name.startsWith("sun.")) {
        return; // the test's own client
      }
      lines.add(format.format(record));
      boolean said = name.startsWith("io.busyhour") || name.startsWith("busyhour");
      if (said && record.getLevel().intValue() >= Level.INFO.intValue()) {
        ours.add(record.getMessage() + " " + List.of(parameters(record)) + record.getThrown());
      }
    }

    private Object[] parameters(LogRecord record) {
      Object[] parameters = record.getParameters();
      List<String> texts = new ArrayList<>();
      for (Object parameter : parameters == null ? new Object[0] : parameters) {
        texts.add(String.valueOf(parameter));
      }
      return texts.toArray();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() throws Exception {
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, line("writer", "ingest") + line("reader", "read,admin"));
    server =
        Running.start(
            folder,
            Map.of(
                "busyhour.tokens", tokens.toString(),
                "busyhour.calls.settle", "1s",
                "busyhour.log.level", "all",
                "busyhour.log.levels",
                    "org.eclipse.persistence=all,io.helidon=all,busyhour.access=info",
                "busyhour.log.access", "true",
                "busyhour.statsd.port", "0",
                "busyhour.twilio.auth-token", TwilioCallback.TOKEN,
                "busyhour.livekit.keys", LivekitSigner.KEY + ":" + LivekitSigner.SECRET));
    // The container has read the tests' own set-up of the log by now, which undoes all others.
    Logger root = Logger.getLogger("");
    // Nobody reads all of it on the console.
    usual.addAll(List.of(root.getHandlers()));
    usual.forEach(root::removeHandler);
    root.addHandler(log);
    Logs.levels(Map.of("busyhour.access", LogLevel.INFO));
    frameworks(LogLevel.ALL);
  }

  private static void frameworks(LogLevel level) {
    Logs.levels(
        Map.of(
            "io.busyhour", LogLevel.ALL,
            "org.eclipse.persistence", level,
            "io.helidon.common.socket", level,
            "io.helidon", level));
  }

  @AfterEach
  void stop() {
    server.close();
    Logger root = Logger.getLogger("");
    root.removeHandler(log);
    usual.forEach(root::addHandler);
    Logs.levels(
        Map.of(
            "io.busyhour", LogLevel.INFO,
            "org.eclipse.persistence", LogLevel.WARNING,
            "io.helidon.common.socket", LogLevel.WARNING,
            "io.helidon", LogLevel.WARNING));
  }

  private static String line(String name, String roles) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return "%s %s %s%n".formatted(name, roles, HexFormat.of().formatHex(hash));
  }

  /** Remembers the numbers of what is sent. */
  private String sent(String body) {
    String text = body.replace("%2B", "+");
    Matcher number = Pattern.compile("\\+\\d{10,15}\\b|\\b1?[2-9]\\d{2}555\\d{4}\\b").matcher(text);
    while (number.find()) {
      numbers.add(national(number.group()));
    }
    return body;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The last ten digits: what makes a number somebody's, whatever is written before it. */
  private static String national(String number) {
    return number.substring(number.length() - NATIONAL);
  }

  private HttpResponse<String> post(String path, String token, String type, String body) {
    HttpResponse<String> answer =
        server.send(
            server
                .request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(sent(body)))
                .build());
    out.put("POST " + path + " " + out.size(), answer.headers().map() + answer.body());
    return answer;
  }

  private void get(String path, String accept) {
    HttpResponse<String> answer =
        server.send(
            server
                .request(path)
                .header("Authorization", "Bearer reader")
                .header("Accept", accept)
                .build());
    assertThat(answer.statusCode()).as(path).isNotEqualTo(500).isNotEqualTo(401);
    out.put("GET " + path + " " + accept, answer.headers().map() + answer.body());
  }

  /** 24 hours of the simulator. All that the frameworks log, they log of the first events. */
  private void day() throws IOException {
    List<SimulatedDay.Sent> day = SimulatedDay.whole(Instant.now(), 7, RATE);
    assertThat(day).hasSizeGreaterThan(10_000);
    Instant first = day.getFirst().occurrence().time();
    assertThat(Duration.between(first, day.getLast().occurrence().time()))
        .isGreaterThan(MOST_OF_A_DAY);
    events(day.subList(0, FIRST));
    waitForCall();
    frameworks(LogLevel.INFO);
    for (int i = FIRST; i < day.size(); i += BATCH) {
      events(day.subList(i, Math.min(day.size(), i + BATCH)));
    }
    waitForCall();
    frameworks(LogLevel.ALL);
  }

  private void events(List<SimulatedDay.Sent> some) throws IOException {
    List<Map<String, Object>> batch = new ArrayList<>();
    for (SimulatedDay.Sent one : some) {
      Map<String, ?> data = one.occurrence().data();
      Map<String, Object> event = new TreeMap<>();
      event.put("specversion", "1.0");
      event.put("source", one.key().source());
      event.put("id", one.key().id());
      event.put("type", one.occurrence().event().type().wireName());
      event.put("time", one.occurrence().time().toString());
      event.put("data", data);
      batch.add(event);
      callId = data.get("call_id") instanceof String id && data.containsKey("from") ? id : callId;
    }
    HttpResponse<String> answer =
        post("/v1/events", "writer", "application/json", JSON.writeValueAsString(batch));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void providers() throws IOException {
    for (Path file : files("twilio", ".form")) {
      Map<String, String> form = new TreeMap<>();
      for (String pair : sent(Files.readString(file)).strip().split("[&\n]", -1)) {
        String[] sides = pair.split("=", 2);
        form.put(sides[0], sides.length == 1 ? "" : decoded(sides[1]));
      }
      for (String path : List.of("/twilio/voice", "/twilio/messages")) {
        for (boolean genuine : new boolean[] {true, false}) {
          out.put(file + path + genuine, TwilioCallback.post(server, path, form, genuine).body());
        }
      }
    }
    for (Path file : files("twilio", ".json")) {
      String body = sent(Files.readString(file));
      HttpResponse<String> answer = TwilioCallback.events(server, body, true);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      out.put(file.toString(), answer.headers().map() + answer.body());
      out.put(file + " forged", TwilioCallback.events(server, body, false).body());
    }
    rtpengine();
    for (Path file : files("livekit", ".json")) {
      String body = sent(Files.readString(file));
      for (String sender : List.of(LivekitSigner.token(body, Instant.now()), "Bearer forged")) {
        out.put(
            file + sender.substring(0, 6),
            server
                .send(
                    server
                        .request("/livekit/webhook")
                        .header("Content-Type", "application/webhook+json")
                        .header("Authorization", sender)
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .body());
      }
    }
    for (Path file : files("kamailio", "")) {
      String type = file.toString().endsWith("json") ? "application/json" : "text/plain";
      post("/kamailio/events", "writer", type, Files.readString(file));
    }
    for (Path file : files("librato", "")) {
      String type = file.toString().endsWith("logplex") ? "application/logplex-1" : "text/plain";
      post("/l2met", "writer", type, Files.readString(file));
    }
    String named =
        sent("calls.+13035550161:1|c|#campaign:lead +13035550162\nbad +13035550163 line\n");
    server.statsd(named);
    post(
        "/l2met",
        "writer",
        "text/plain",
        "source=+13035550164 count#dials.+13035550165=1\nsource=x sample#+13035550166=abc\n");
  }

  /** Its bodies have no numbers: they are of a call that has some. */
  private void rtpengine() throws IOException {
    for (String of : List.of("call_id=" + callId, "node=rtp-1")) {
      int stored = 0;
      for (Path file : files("rtpengine", "")) {
        String path = "/rtpengine/stats?" + of;
        int status = post(path, "writer", "text/plain", Files.readString(file)).statusCode();
        stored += status < 300 ? 1 : 0;
      }
      assertThat(stored).as(of).isPositive();
    }
  }

  private static List<Path> files(String folder, String end) throws IOException {
    try (var files = Files.list(PAYLOADS.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /** Bodies that are refused, to all that takes one. */
  private void refusals(JsonNode paths) {
    String event =
        ("{\"specversion\":\"1.0\",\"source\":\"s\",\"id\":\""
            + BROKEN
            + "\",\"type\":\"%s\","
            + "\"time\":\"%s\",\"data\":{\"call_id\":%s,\"outcome\":\"%s\",\"from\":\""
            + BROKEN
            + "\"}}");
    List<String> bodies =
        List.of(
            event.formatted(BROKEN, "2026-11-20T08:00:00Z", "\"x\"", "busy"),
            event.formatted("call.ended", BROKEN, "\"x\"", "busy"),
            event.formatted("call.ended", "2026-11-20T08:00:00Z", "\"x\"", BROKEN),
            event.formatted("call.ended", "2026-11-20T08:00:00Z", "13035550188", "busy"),
            "{\"from\":\"" + BROKEN + "\"",
            "\"" + BROKEN + "\"",
            "threshold=" + BROKEN,
            "{\"threshold\":\"" + BROKEN + "\"}");
    paths
        .fieldNames()
        .forEachRemaining(
            path -> {
              if (paths.get(path).has("post")) {
                for (String token : List.of("writer", "reader", BROKEN)) {
                  for (String body : bodies) {
                    post(filled(path, "x"), token, "application/json", body);
                    post(filled(path, "x"), token, "text/plain", body);
                  }
                }
              }
            });
  }

  private static String filled(String path, String id) {
    return path.replaceAll("\\{[^}]*}", id);
  }

  /** Everything that can be read, with each value that a parameter lists, and with a bad one. */
  private void views(JsonNode paths) {
    String encoded = URLEncoder.encode(BROKEN, StandardCharsets.UTF_8);
    for (var path : paths.properties()) {
      JsonNode view = path.getValue();
      if (!view.has("get")) {
        continue;
      }
      Set<String> media = media(view);
      for (String id : List.of(callId, encoded, "13035550188")) {
        String resource = filled(path.getKey(), id);
        // One that takes no id is the same for all.
        if (!out.containsKey("GET " + resource + " */*")) {
          MEDIA.forEach(accept -> get(resource, accept));
          queries(view)
              .forEach(query -> media.forEach(accept -> get(resource + "?" + query, accept)));
        }
      }
    }
  }

  /** What a view is asked for with each query: what it has, and whatever. */
  private static Set<String> media(JsonNode view) {
    Set<String> media = new TreeSet<>(Set.of("*/*"));
    view.path("get")
        .path("responses")
        .forEach(answer -> answer.path("content").fieldNames().forEachRemaining(media::add));
    return media;
  }

  private static List<String> queries(JsonNode view) {
    List<String> queries = new ArrayList<>();
    for (JsonNode where : List.of(view.path("parameters"), view.path("get").path("parameters"))) {
      for (JsonNode parameter : where) {
        if (parameter.path("in").asText().equals("query")) {
          String name = parameter.get("name").asText();
          List<String> values =
              new ArrayList<>(List.of("%2B13035550188", "13035550188", "1", "30"));
          parameter.path("schema").path("enum").forEach(value -> values.add(value.asText()));
          if (name.equals("format")) {
            values.addAll(List.of("json", "csv", "ndjson"));
          }
          if (name.equals("by")) {
            values.addAll(List.of("mos", "jitter", "loss", "pdd"));
          }
          values.forEach(value -> queries.add(name + "=" + value));
        }
      }
    }
    return queries;
  }

  /** Where a number stands in a text: some letters around it. */
  private Set<String> found(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = DIGITS.matcher(text);
    while (matcher.find()) {
      String digits = matcher.group().replace("%20", "").replaceAll("\\D", "");
      for (int at = 0; at + NATIONAL <= digits.length(); at++) {
        if (numbers.contains(digits.substring(at, at + NATIONAL))) {
          int from = Math.max(0, matcher.start() - 60);
          found.add(text.substring(from, Math.min(text.length(), matcher.end() + 20)));
        }
      }
    }
    return found;
  }

  private void see(String what, String text, Map<String, Set<String>> seen) {
    Set<String> here = found(text);
    if (!here.isEmpty()) {
      seen.put(what, here);
    }
  }

  @Test
  void numbersSent_areNowhereInWhatComesOut() throws Exception {
    day();
    providers();
    server.send(server.request("/health").build());
    JsonNode paths = api();
    refusals(paths);
    // Without the bytes of the answers: they are looked at as they come.
    Logs.levels(Map.of("io.helidon.common.socket", LogLevel.DEBUG));
    views(paths);
    assertThat(numbers).hasSizeGreaterThan(150).contains("3035550188", "3035550162");
    assertThat(out).hasSizeGreaterThan(100);
    Map<String, Set<String>> seen = new TreeMap<>();
    out.forEach((what, text) -> see(what, text, seen));
    ours.forEach(line -> see("as it was said", line, seen));
    lines.forEach(line -> see("in the log", line, seen));
    assertThat(seen).isEmpty();
    assertThat(lines).hasSizeGreaterThan(1_000);
    assertThat(ours).anyMatch(line -> line.contains("/calls/{id}") && line.contains("reader"));
    assertThat(ours).anyMatch(line -> line.contains("/v1/events 200") && line.contains("writer"));
    // The writer may not read, and whose token was refused is told too.
    assertThat(ours)
        .anyMatch(line -> line.contains("/cleanup-stale-calls 403") && line.contains("writer"));
    assertThat(ours).anyMatch(line -> line.contains("GET /health 200"));
  }

  /** The test finds what is not hidden. */
  @Test
  void number_inAnyForm_isFound() {
    numbers.add("3035550123");
    for (String form :
        List.of(
            "+13035550123",
            "13035550123",
            "x 3035550123 y",
            "/calls/%2B13035550123",
            "303-555-0123",
            "(303) 555-0123",
            "1.303.555.0123",
            "%2B1%20303%20555%200123")) {
      assertThat(found(form)).as(form).hasSize(1);
    }
    assertThat(found("+1303555**** 303555**** 3035550124")).isEmpty();
  }

  private void waitForCall() {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (status("/calls/" + callId) != 200 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(status("/calls/" + callId)).isEqualTo(200);
  }

  private int status(String path) {
    return server
        .send(server.request(path).header("Authorization", "Bearer reader").build())
        .statusCode();
  }

  private JsonNode api() throws IOException {
    HttpResponse<String> answer =
        server.send(server.request("/openapi").header("Accept", "application/json").build());
    JsonNode paths = JSON.readTree(answer.body()).get("paths");
    assertThat(paths.has("/calls/{id}")).isTrue();
    return paths;
  }
}
