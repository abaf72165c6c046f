package io.busyhour.poll;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on loopback that answers as Twilio's API does: by the documented payloads, or as a test
 * says. It remembers what it was asked.
 */
public final class FakeTwilio implements AutoCloseable {
  /** The account that it knows. */
  public static final String ACCOUNT = "AC00000000000000000000000000000001";

  /** The token that it takes. */
  public static final String TOKEN = "a-token-that-nobody-may-see";

  static final String BALANCE = "/2010-04-01/Accounts/" + ACCOUNT + "/Balance.json";
  static final String USAGE = "/2010-04-01/Accounts/" + ACCOUNT + "/Usage/Records/Today.json";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Queue<Answer>> scripted = new ConcurrentHashMap<>();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  /** What it was asked. */
  record Asked(String target, String authorization) {}

  /** What it answers. */
  record Answer(int status, String body, Map<String, String> headers) {
    static Answer of(int status, String body) {
      return new Answer(status, body, Map.of());
    }

    Answer with(String name, String value) {
      return new Answer(status, body, Map.of(name, value));
    }
  }

  /** An answer whose head comes and whose body never ends. */
  static final Answer STALLED = Answer.of(-1, "");

  /** No answer: the connection is lost. */
  static final Answer LOST = Answer.of(-2, "");

  /** Starts it. */
  public FakeTwilio() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next answers to what is asked at a path; after them the documented ones come again. */
  void answer(String path, Answer... answers) {
    scripted.computeIfAbsent(path, p -> new ArrayDeque<>()).addAll(List.of(answers));
  }

  /** What it was asked so far. */
  List<Asked> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  /** What it was asked at a path. */
  List<Asked> asked(String path) {
    return asked().stream().filter(a -> URI.create(a.target()).getPath().equals(path)).toList();
  }

  static String payload(String name) {
    try (InputStream in =
        FakeTwilio.class.getResourceAsStream("/payloads/twilio/api/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(new Asked(uri.toString(), authorization));
    Queue<Answer> queue = scripted.getOrDefault(uri.getPath(), new ArrayDeque<>());
    Answer answer;
    synchronized (queue) {
      answer = queue.isEmpty() ? documented(uri, authorization) : queue.remove();
    }
    if (answer.equals(STALLED)) {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      awaitClose();
    }
    if (!answer.equals(STALLED) && !answer.equals(LOST)) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
    exchange.close();
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Answer documented(URI uri, String authorization) {
    String credentials = ACCOUNT + ":" + TOKEN;
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    if (!("Basic " + java.util.Base64.getEncoder().encodeToString(bytes)).equals(authorization)) {
      return Answer.of(401, payload("error-20003"));
    }
    String target = uri.toString();
    if (uri.getPath().equals(BALANCE)) {
      return Answer.of(200, payload("balance"));
    }
    if (uri.getPath().equals(USAGE)) {
      return Answer.of(200, payload(target.contains("Page=1") ? "usage-page-1" : "usage-page-0"));
    }
    return Answer.of(404, payload("error-20404"));
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
