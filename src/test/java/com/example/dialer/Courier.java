package com.example.dialer;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.projection.meters.DialerMetrics;
import io.busyhour.projection.meters.WebhookMetrics;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** An application's own deliveries and requests, counted by Busyhour's collectors. */
@Dependent
class Courier {
  private final WebhookMetrics webhooks;
  private final DialerMetrics dialer;

  @Inject
  Courier(WebhookMetrics webhooks, DialerMetrics dialer) {
    this.webhooks = webhooks;
    this.dialer = dialer;
  }

  void day() throws Exception {
    webhooks.recordQueued("call.ended", "p1");
    webhooks.timeDelivery("p1", () -> 503);
    webhooks.recordProcessed("w1");
    webhooks.recordFailed("call.ended", "p1", 503);
    webhooks.recordRetry("p1", 2);
    webhooks.recordDelivered("call.ended", "p1");
    webhooks.updateQueueHealth(3, 1.5);
    webhooks.updateActiveWorkers(2);
    dialer.requested("12", "345", "power", "webui", "phone");
    dialer.requestCompleted("12", "345", "power", "webui", "phone");
    dialer.responseCompleted("12", "345", "power", "webui", "phone");
    dialer.answered(
        Leg.CONTACT, Result.ANSWERED, 0.8, null, "12", "345", "power", "webui", "phone");
    dialer.updateCallerSessions(State.HOLD, 4, "12", "345", "power");
  }
}
