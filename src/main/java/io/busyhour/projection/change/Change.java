package io.busyhour.projection.change;

import java.util.Set;

/** What one event, or the end of the time to wait for more, did to a row. */
public sealed interface Change
    permits CallChange,
        CallbacksMissing,
        CampaignChange,
        QualityChange,
        MessageChange,
        AccountChange,
        DeliveryChange,
        SessionChange,
        TimerChange,
        WorkerChange {

  /** The facts that changed after they had been counted. */
  default Set<? extends Enum<?>> corrections() {
    return Set.of();
  }
}
