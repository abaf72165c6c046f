package io.busyhour.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Speaks to a server about its outgoing webhooks. */
final class Hooks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Hooks() {}

  /** Subscribes a partner to ends of calls; returns the subscription's id. */
  static String subscribe(ServerProcess server, String partner, String url)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        server.post(
            "/v1/webhooks/subscriptions",
            "application/json",
            "{\"partner_id\":\"%s\",\"url\":\"%s\",\"events\":[\"call.ended\"]}"
                .formatted(partner, url));
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body()).get("id").asText();
  }

  static void pause(ServerProcess server, String subscription, boolean paused)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        server.patch("/v1/webhooks/subscriptions/" + subscription, "{\"paused\":" + paused + "}");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  /** Waits until so many deliveries are in the queue. */
  static void awaitQueued(ServerProcess server, long count, Duration deadline) {
    await(deadline, () -> queued(server) >= count);
  }

  private static long queued(ServerProcess server) {
    try {
      return server
          .get("/metrics?name=webhook_queue_size")
          .body()
          .lines()
          .filter(line -> line.startsWith("webhook_queue_size "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(19)))
          .sum();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Counters counters(ServerProcess server) {
    try {
      return Counters.parse(server.get("/metrics").body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends the ends of calls; as many deliveries follow for each subscription. */
  static void send(ServerProcess server, String source, int first, int count)
      throws IOException, InterruptedException {
    StringBuilder events = new StringBuilder("[");
    for (int call = first; call < first + count; call++) {
      events
          .append(call == first ? "" : ",")
          .append("{\"specversion\":\"1.0\",\"source\":\"")
          .append(source)
          .append("\",\"id\":\"")
          .append(call)
          .append("\",\"type\":\"call.ended\",\"data\":{\"call_id\":\"")
          .append(source)
          .append('-')
          .append(call)
          .append("\",\"outcome\":\"completed\",\"duration_seconds\":12.5,\"account\":\"acme\",")
          .append("\"campaign_id\":\"spring\",\"from\":\"+13035550100\",\"to\":\"+13035550199\"}}");
    }
    HttpResponse<String> answer =
        server.post("/v1/events", "application/json", events.append("]").toString());
    JsonNode counts = JSON.readTree(answer.body());
    if (answer.statusCode() != 200
        || counts.get("accepted").asInt() + counts.get("duplicates").asInt() != count) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  static void await(Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not reached in " + deadline);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
