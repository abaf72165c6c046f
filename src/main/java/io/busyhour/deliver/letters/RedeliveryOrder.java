package io.busyhour.deliver.letters;

import io.busyhour.deliver.Place;
import io.busyhour.deliver.SentObject;
import io.busyhour.http.Asked;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** Reads which dead letters are to be delivered once more. */
final class RedeliveryOrder {
  private static final List<String> FILTERS =
      List.of("subscription", "partner_id", "event_type", "since", "until");
  private static final List<String> KNOWN =
      List.of("subscription", "partner_id", "event_type", "since", "until", "all");

  private final SentObject sent;

  private RedeliveryOrder(SentObject sent) {
    this.sent = sent;
  }

  /** Reads a body; it has to say which, or that it means all. */
  static LetterFilter read(InputStream body) {
    SentObject sent = SentObject.read("redelivery", KNOWN, body);
    boolean all = Boolean.TRUE.equals(sent.get(f -> f.maybe("all").flag()));
    boolean some = FILTERS.stream().anyMatch(sent::has);
    if (!all && !some) {
      throw new Refusal(
          Reason.MISSING_FIELD,
          "The body must say which: any of %s, or {\"all\":true}."
              .formatted(String.join(", ", FILTERS)));
    }
    if (all && some) {
      throw new Refusal(
          Reason.INVALID_VALUE, "The body says which, and all: leave one of them out.");
    }
    RedeliveryOrder order = new RedeliveryOrder(sent);
    return new LetterFilter(
        order.text("subscription"),
        order.text("partner_id"),
        order.text("event_type"),
        order.time("since"),
        order.time("until"));
  }

  /** An empty text means nobody, and not everybody. */
  private String text(String name) {
    return sent.has(name) ? sent.get(f -> f.need(name).text()) : null;
  }

  private Long time(String name) {
    if (!sent.has(name)) {
      return null;
    }
    Instant time = Asked.time(name, sent.get(f -> f.need(name).id()));
    return Place.microsOf(time);
  }
}
