package io.busyhour.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Whoever is on call: is told of alerts by Alertmanager and remembers all of them. */
final class Receiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An alert as it was told.
   *
   * @param incident what its Prometheus was watching
   * @param at when it began, or when it was over if it is not firing any more
   */
  record Told(String incident, String alert, String severity, boolean firing, Instant at) {}

  private final HttpServer server;
  private final List<Told> told = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode notification = JSON.readTree(exchange.getRequestBody());
      lock.lock();
      try {
        notification.get("alerts").forEach(alert -> told.add(read(alert)));
        more.signalAll();
      } finally {
        lock.unlock();
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Told read(JsonNode alert) {
    JsonNode labels = alert.get("labels");
    boolean firing = alert.get("status").asText().equals("firing");
    return new Told(
        labels.path("incident").asText(),
        labels.path("alertname").asText(),
        labels.path("severity").asText(),
        firing,
        Instant.parse(alert.get(firing ? "startsAt" : "endsAt").asText()));
  }

  /** Waits for an alert; null where it did not come in time. */
  Told await(Predicate<Told> which, Duration deadline) throws InterruptedException {
    long left = deadline.toNanos();
    lock.lock();
    try {
      while (true) {
        Told found = told.stream().filter(which).findFirst().orElse(null);
        if (found != null || left <= 0) {
          return found;
        }
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** All that was told of an incident, in order. */
  List<Told> of(String incident) {
    lock.lock();
    try {
      return told.stream().filter(one -> one.incident().equals(incident)).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
