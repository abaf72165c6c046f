package io.busyhour.receive.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.receive.DoorServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventsDoorTest {
  private static DoorServer server;

  @BeforeAll
  static void start() {
    server = DoorServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void structured_isStored() {
    HttpResponse<String> answer =
        server.send(
            server
                .to("/v1/events")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + DoorServer.TOKEN)
                .POST(
                    BodyPublishers.ofString(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/pbx\",\"type\":\"call.initiated\",\"data\":{\"call_id\":\"c1\"}}")));
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");
  }
}
