package io.busyhour.serve.scrape;

import io.busyhour.instrument.Meters;
import io.helidon.microprofile.metrics.MetricsCdiExtension;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddExtension;
import io.helidon.microprofile.testing.AddJaxRs;
import io.helidon.microprofile.testing.DisableDiscovery;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/** A real server on a free port with nothing in it but the endpoint and Helidon's own metrics. */
@DisableDiscovery
@AddJaxRs
@AddExtension(ServerCdiExtension.class)
@AddExtension(MetricsCdiExtension.class)
@AddBean(MetricsEndpoint.class)
@AddBean(Fixture.class)
abstract class ScrapeServer {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Inject Meters meters;
  @Inject Fixture fixture;
  @Inject ServerCdiExtension server;

  @AfterEach
  void resetFixture() {
    fixture.reset();
  }

  HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }
}
