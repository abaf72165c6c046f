package io.busyhour.projection.meters.calls;

import io.busyhour.event.CallbackEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallbacksMissing;
import io.busyhour.projection.change.Change;

/** Counts Twilio's callbacks in Twilio's own words, and those that never came. */
public final class TwilioFold implements Fold {
  private final CounterFamily calls;
  private final CounterFamily messages;
  private final CounterFamily missing;

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
    missing =
        meters.counter(
            "busyhour_callbacks_missing_total",
            "Callbacks that never came, though later ones about the same call did.",
            "source");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case CallbackEvent.TwilioCall e -> {
        calls.add(1, e.account(), e.status());
        if (e.sequence() != null) {
          missing.touch(entry.delivery().key().source());
        }
      }
      case CallbackEvent.TwilioMessage e -> messages.add(1, e.account(), e.status(), e.errorCode());
      default -> {
        // Not Twilio's.
      }
    }
  }

  @Override
  public void on(Change change) {
    if (change instanceof CallbacksMissing found) {
      missing.add(found.count(), found.source());
    }
  }
}
