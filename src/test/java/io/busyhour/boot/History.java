package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events of calls, put together and sent to a server as one batch. */
final class History {
  private final List<String> events = new ArrayList<>();
  private final String source;

  History(String source) {
    this.source = source;
  }

  /** Adds an event; {@code more} is empty or further fields of its data. */
  History say(String type, String call, Instant time, String more) {
    String data = "\"call_id\":\"%s\"%s".formatted(call, more.isEmpty() ? "" : "," + more);
    events.add(
        ("{\"specversion\":\"1.0\",\"source\":\"%s\",\"id\":\"%s %d\",\"type\":\"%s\","
                + "\"time\":\"%s\",\"data\":{%s}}")
            .formatted(source, call, events.size(), type, time, data));
    return this;
  }

  /** Sends them, and waits until they are in the rows. */
  void send(Running server) {
    String lines = String.join("\n", events);
    assertThat(server.post("application/x-ndjson", lines).statusCode()).isEqualTo(200);
    events.clear();
    server.until("/health/ready", a -> a.body().contains("\"projection_lag_events\":\"0\""));
  }
}
