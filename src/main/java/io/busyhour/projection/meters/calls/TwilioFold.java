package io.busyhour.projection.meters.calls;

import io.busyhour.event.CallbackEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;

/** Counts Twilio's callbacks in Twilio's own words. */
public final class TwilioFold implements Fold {
  private final CounterFamily calls;
  private final CounterFamily messages;

  /** Registers the families. */
  public TwilioFold(Meters meters) {
    calls =
        meters.counter(
            "twilio_call_callbacks_total", "Accepted voice status callbacks.", "account", "status");
    messages =
        meters.counter(
            "twilio_message_callbacks_total",
            "Accepted message status callbacks.",
            "account",
            "status",
            "error_code");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case CallbackEvent.TwilioCall e -> calls.add(1, e.account(), e.status());
      case CallbackEvent.TwilioMessage e -> messages.add(1, e.account(), e.status(), e.errorCode());
      default -> {
        // Not Twilio's.
      }
    }
  }
}
