package io.busyhour.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.cli.remote.Server;
import io.busyhour.cli.simulate.Order;
import io.busyhour.cli.simulate.Simulation;
import io.busyhour.cli.simulate.Simulation.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Traffic as the simulator makes it, and each second one of every event that there is, whatever
 * door it comes by: what the simulator does not do, and does seldom, is in every minute, too.
 */
final class DashboardTraffic implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double RATE = 40;
  private static final Duration HISTORY = Duration.ofMinutes(10);
  private static final int TENANTS = 600;

  /** What names a call, a message and so on: a new one in each round. */
  private static final List<String> IDS =
      List.of("call_id", "delivery_id", "request_id", "caller_session_id", "message_id");

  private static final String ABROAD =
      """
      {"type":"call.initiated","ago":20,"data":{"call_id":"out","account":"acme","trunk":"t1",\
      "provider":"peerless","direction":"outbound","from":"+13035550100","to":"+442079460123"}}
      {"type":"call.ended","ago":2,"data":{"call_id":"out","outcome":"no_answer","sip_code":480}}
      {"type":"call.initiated","ago":20,"data":{"call_id":"in","account":"acme","trunk":"t1",\
      "provider":"peerless","direction":"inbound","from":"+442079460123","to":"+13035550100"}}
      {"type":"call.ended","ago":2,"data":{"call_id":"in","outcome":"rejected","sip_code":608}}
      {"type":"billing.rated","ago":2,"data":{"account":"acme","service":"voice","zone":"INTL",\
      "trunk":"t1","charge_cents":"42","vendor_cost_cents":"30","minutes":"2","billable":true}}
      {"type":"sms.sent","ago":3,"data":{"message_id":"f","account":"acme","campaign":"c1",\
      "carrier":"att","direction":"outbound","segments":1}}
      {"type":"sms.status","ago":2,"data":{"message_id":"f","status":"undelivered",\
      "error_code":"30007","carrier":"att"}}
      {"type":"account.updated","ago":1,"data":{"account":"prepaid-1","type":"prepaid",\
      "balance_dollars":"12.5","balance_alert_threshold_dollars":"20"}}
      """;

  private static final String LINES =
      """
      source=host.acme.c9.s1.Power.Webui.Phone count#dialer.dial.success=2
      measure#dialer.voter_load=37ms source=predictive.ac-acme.ca-c9
      """;

  private final Running server;
  private final Simulation simulation;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread simulated;
  private final Thread rounds;
  private volatile Throwable failure;

  DashboardTraffic(Running server) {
    this.server = server;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Order order = new Order(1, now, Duration.ofMinutes(10), RATE, Order.WHOLE_DAY, HISTORY);
    simulation =
        new Simulation(
            order,
            new Manner(500, false),
            new Server(URI.create(server.uri()), null),
            totals -> {});
    simulated = Thread.ofVirtual().start(() -> watched(this::simulate));
    rounds = Thread.ofVirtual().start(() -> watched(this::rounds));
  }

  /** What went wrong, or null. */
  Throwable failure() {
    return failure;
  }

  private void watched(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void simulate() {
    try {
      simulation.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void rounds() {
    server.statsd(
        IntStream.range(0, TENANTS)
            .mapToObj("tenants:1|c|#tenant:t%d"::formatted)
            .collect(Collectors.joining("\n")));
    try {
      int round = 0;
      do {
        send(round++);
      } while (!stop.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(int round) {
    expect(server.post("application/json", batch(round)).statusCode(), 200);
    expect(server.post("application/json", "{}").statusCode(), 400);
    expect(server.post("/l2met", "text/plain", LINES).statusCode(), 204);
    expect(TwilioCallback.voice(server).statusCode(), 204);
    expect(TwilioCallback.message(server).statusCode(), 204);
    server.statsd("tenants:1|c|#tenant:t%d".formatted(TENANTS + round));
  }

  private static void expect(int status, int expected) {
    if (status != expected) {
      throw new AssertionError("answered %d instead of %d".formatted(status, expected));
    }
  }

  private static String batch(int round) {
    try {
      Path file = Path.of("src/test/resources/catalogue/events.ndjson");
      String lines = Files.readString(file) + ABROAD;
      ArrayNode batch = JSON.createArrayNode();
      Instant now = Instant.now();
      for (String line : lines.lines().toList()) {
        ObjectNode event = (ObjectNode) JSON.readTree(line);
        double ago = event.remove("ago").doubleValue();
        rename((ObjectNode) event.get("data"), round);
        event
            .put("specversion", "1.0")
            .put("source", "catalogue")
            .put("id", round + "-" + batch.size())
            .put("time", now.minusMillis(Math.round(ago * 1000)).toString());
        batch.add(event);
      }
      return batch.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rename(ObjectNode data, int round) {
    for (String id : IDS) {
      JsonNode name = data.get(id);
      if (name != null) {
        data.put(id, name.textValue() + "-" + round);
      }
    }
  }

  @Override
  public void close() {
    stop.countDown();
    simulation.stop();
    try {
      rounds.join();
      simulated.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
