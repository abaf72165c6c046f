package io.busyhour.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * A server on a free loopback port that answers as Busyhour does: it remembers what it was sent,
 * recognises repeats, rejects events without a type, and can be told to refuse the next requests.
 * Not for tests of the real server.
 */
public final class FakeBusyhour implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Scripted(int status, String retryAfter, String body) {}

  private final HttpServer server;
  private final Queue<Scripted> script = new ArrayDeque<>();
  private final Set<String> stored = new HashSet<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String token;

  /** Starts one. */
  public FakeBusyhour() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Wants this token from now on. */
  public synchronized FakeBusyhour wantsToken(String wanted) {
    token = wanted;
    return this;
  }

  /** Answers the next request that is not answered otherwise in this way. */
  public synchronized FakeBusyhour answersOnce(int status, String retryAfter, String body) {
    script.add(new Scripted(status, retryAfter, body));
    return this;
  }

  /** The events that are stored, in the order in which they came. */
  public synchronized List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** The sizes of the batches that were answered. */
  public synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  /** Method and path of all requests. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] body = exchange.getRequestBody().readAllBytes();
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    Scripted scripted = script.poll();
    if (token != null && !("Bearer " + token).equals(sent)) {
      reply(exchange, 401, "{\"error\":\"unauthorised\",\"message\":\"a token is needed\"}");
    } else if (scripted != null) {
      if (scripted.retryAfter() != null) {
        exchange.getResponseHeaders().set("Retry-After", scripted.retryAfter());
      }
      reply(exchange, scripted.status(), scripted.body());
    } else {
      store(exchange, parse(exchange.getRequestHeaders().getFirst("Content-Type"), body));
    }
  }

  private static List<String> parse(String contentType, byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    if ("application/x-ndjson".equals(contentType)) {
      return text.lines().toList();
    }
    List<String> all = new ArrayList<>();
    JSON.readTree(text).forEach(event -> all.add(event.toString()));
    return all;
  }

  private void store(HttpExchange exchange, List<String> batch) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode rejected = answer.putArray("rejected");
    int accepted = 0;
    int duplicates = 0;
    for (int i = 0; i < batch.size(); i++) {
      JsonNode event = read(batch.get(i));
      if (!event.has("type")) {
        rejected
            .addObject()
            .put("index", i)
            .put("error", "missing_field")
            .put("message", "an event needs type");
      } else if (stored.add(event.path("source").asText() + " " + event.path("id").asText())) {
        events.add(event);
        accepted++;
      } else {
        duplicates++;
      }
    }
    batches.add(batch.size());
    answer.put("accepted", accepted).put("duplicates", duplicates);
    reply(exchange, rejected.size() == batch.size() ? 400 : 200, answer.toString());
  }

  private static JsonNode read(String event) {
    try {
      return JSON.readTree(event);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
