package com.example.dialer;

import io.busyhour.instrument.label.Label;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.projection.meters.CampaignMetrics.ErrorType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/** A bean of an application that knows Busyhour as a library only. */
@ApplicationScoped
class Dialer {
  /** An order to call somebody. */
  record Order(String campaign, Trunk trunk) {}

  /** The way out. */
  record Trunk(String name) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final CampaignMetrics campaigns;

  /** For the container's proxy only. */
  protected Dialer() {
    this(null);
  }

  @Inject
  Dialer(CampaignMetrics campaigns) {
    this.campaigns = campaigns;
  }

  @Counted(name = "ticks", absolute = true, description = "Ticks.")
  @Timed(name = "tick.time", absolute = true)
  void tick() {
    // MicroProfile's own.
  }

  @Counted(name = "attempts", absolute = true, description = "Attempts.")
  @Timed(name = "dial", absolute = true)
  @Label(value = "error", of = Label.Of.EXCEPTION)
  void dial(
      @Label(value = "campaign_id", property = "campaign")
          @Label(value = "trunk", property = "trunk")
          Order order) {
    if (order.trunk() == null) {
      throw new IllegalArgumentException("no trunk");
    }
  }

  @Timed(name = "question", absolute = true)
  @Label("result")
  CompletionStage<String> lookUp(
      @Label("provider") String provider, CompletableFuture<String> answer) {
    return answer;
  }

  void day() throws Exception {
    campaigns.recordCallInitiated("winter", "otto");
    campaigns.timeProcessing("winter", () -> "placed");
    campaigns.recordCallCompleted("winter", "otto", "success", Duration.ofSeconds(61));
    campaigns.recordCallFailed("winter", "otto", ErrorType.TIMEOUT);
    campaigns.recordCost("winter", "otto", new BigDecimal("0.1"));
    campaigns.recordCost("winter", "otto", new BigDecimal("0.2"));
    campaigns.timePollCycle(() -> "polled");
    campaigns.updatePendingLeads("winter", 41);
    campaigns.updateActiveCampaigns("otto", 1);
    campaigns.updateConcurrentCalls(3);
  }
}
