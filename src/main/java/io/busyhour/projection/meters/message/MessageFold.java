package io.busyhour.projection.meters.message;

import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.MessageChange;
import io.busyhour.projection.change.MessageChange.Contribution;
import io.busyhour.projection.change.MessageRecord;
import io.busyhour.projection.change.MessageRecord.Beginning;

/** What text messages add to the {@code warp_sms_*} families. */
public final class MessageFold implements Fold {
  private final CounterFamily reached;
  private final CounterFamily segments;
  private final CounterFamily errors;
  private final HistogramFamily latency;

  /** What a message reaches, as the label {@code status} has it. */
  private enum Reached {
    PENDING,
    DELIVERED,
    FAILED
  }

  /** Registers the families. */
  public MessageFold(Meters meters) {
    reached =
        meters.counter(
            "warp_sms_sent_total",
            "Messages, each once under each status that it reached.",
            "account",
            "campaign",
            "status",
            "direction",
            "carrier");
    segments =
        meters.counter("warp_sms_segments_total", "Segments of messages.", "account", "campaign");
    errors =
        meters.counter(
            "warp_sms_errors_total",
            "Messages that failed, by error code: five digits, or other.",
            "account",
            "campaign",
            "carrier",
            "error_code");
    latency =
        meters.histogram(
            "warp_sms_delivery_latency_seconds",
            "From sending to delivery.",
            new double[] {0.5, 1, 2, 5, 10, 30, 60, 300, 1800},
            "account",
            "carrier");
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof MessageChange change) {
      change.counted().forEach(contribution -> count(contribution, change.after()));
    }
  }

  private void count(Contribution contribution, MessageRecord message) {
    Beginning b = message.beginning();
    switch (contribution) {
      case PENDING -> pending(message);
      case DELIVERED -> reached.add(1, labels(Reached.DELIVERED, b));
      case FAILED -> reached.add(1, labels(Reached.FAILED, b));
      case ERROR -> errors.add(1, b.account(), b.campaign(), b.carrier(), message.errorLabel());
      case SEGMENTS -> segments.add(b.segments(), b.account(), b.campaign());
      case LATENCY -> arrival(message);
    }
  }

  /** What it may end in is there before it ends, so that rate() sees the first increment. */
  private void pending(MessageRecord message) {
    Beginning b = message.beginning();
    reached.add(1, labels(Reached.PENDING, b));
    reached.touch(labels(Reached.DELIVERED, b));
    reached.touch(labels(Reached.FAILED, b));
    latency.touch(b.account(), b.carrier());
  }

  private void arrival(MessageRecord message) {
    Beginning b = message.beginning();
    Exemplar whose = new Exemplar("message_id", message.messageId(), message.times().delivered());
    latency.observe(message.latency().toNanos() / 1e9, whose, b.account(), b.carrier());
  }

  private static String[] labels(Reached status, Beginning b) {
    String direction = b.direction() == null ? null : Words.of(b.direction());
    return new String[] {b.account(), b.campaign(), Words.of(status), direction, b.carrier()};
  }
}
