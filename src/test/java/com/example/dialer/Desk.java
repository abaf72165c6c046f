package com.example.dialer;

import io.busyhour.instrument.label.Label;
import io.busyhour.projection.meters.CampaignMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/** Places calls. */
@ApplicationScoped
public class Desk {
  @Inject CampaignMetrics campaigns;

  /** An order to call somebody. */
  public record Order(String campaign, String trunk) {}

  /** Counted by campaign, trunk, and the exception that it ends in, if any. */
  @Counted(name = "dials_total", absolute = true, description = "Calls that were dialed.")
  @Label(value = "error", of = Label.Of.EXCEPTION)
  public void dial(
      @Label(value = "campaign_id", property = "campaign")
          @Label(value = "trunk", property = "trunk")
          Order order) {
    if (order.trunk() == null) {
      throw new IllegalArgumentException("no trunk");
    }
  }

  /** Timed from the call to the completion of the stage, by provider and by what was found. */
  @Timed(name = "lookup_seconds", absolute = true, description = "Time to look a name up.")
  @Label("found")
  public CompletionStage<Boolean> lookUp(@Label("provider") String provider) {
    return CompletableFuture.completedFuture(true);
  }

  /** By the collector that Busyhour's own server counts by. */
  public String place(String campaign, String user) throws Exception {
    campaigns.recordCallInitiated(campaign, user);
    String call = campaigns.timeProcessing(campaign, () -> "call-1");
    campaigns.recordCallCompleted(campaign, user, "success", Duration.ofSeconds(61));
    campaigns.recordCost(campaign, user, new BigDecimal("0.0125"));
    return call;
  }
}
