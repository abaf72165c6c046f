package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters;
import io.helidon.microprofile.metrics.MetricsCdiExtension;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddExtension;
import io.helidon.microprofile.testing.AddJaxRs;
import io.helidon.microprofile.testing.DisableDiscovery;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@HelidonTest
@DisableDiscovery
@AddJaxRs
@AddExtension(ServerCdiExtension.class)
@AddExtension(MetricsCdiExtension.class)
@AddBean(MetricsEndpoint.class)
@AddBean(Fixture.class)
class MetricsEndpointTest {
  @Inject WebTarget target;
  @Inject Meters meters;

  @Test
  void look() throws Exception {
    meters.counter("campaign_calls_total", "Calls.", "campaign_id").add(3, "a");
    var r =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(target.getUri() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    System.out.println(r.headers() + "\n" + r.body());
    r =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(target.getUri() + "/metrics"))
                    .header("Accept", "application/json")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    System.out.println(r.headers() + "\n" + r.statusCode() + r.body());
    r =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(target.getUri() + "/metrics/base"))
                    .header("Accept", "application/json")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    System.out.println(r.headers() + "\n" + r.statusCode() + r.body());
    assertThat(r.statusCode()).isEqualTo(404);
  }
}
