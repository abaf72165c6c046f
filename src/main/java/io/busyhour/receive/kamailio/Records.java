package io.busyhour.receive.kamailio;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.time.Instant;
import java.util.Map;

/** Tells the kinds of records apart, which nothing but their fields does. */
final class Records {
  /** The source of all of them. */
  static final String SOURCE = "kamailio";

  private final CdrStart convention;
  private final Instant receipt;

  /**
   * Reads the records of one request.
   *
   * @param convention what the start of their CDRs is
   */
  Records(CdrStart convention, Instant receipt) {
    this.convention = convention;
    this.receipt = receipt;
  }

  /**
   * What a record says.
   *
   * @throws Refusal where it says it wrongly, or is of no kind that is known
   */
  Delivery delivery(Map<String, Object> fields) {
    Said said = new Said(fields, receipt);
    if (fields.containsKey("event")) {
      return new DialogEvent(said).delivery();
    }
    if (fields.containsKey("start_time")) {
      return new Cdr(said, convention).delivery();
    }
    if (fields.containsKey("start_stamp")) {
      return new SwitchRow(said).delivery();
    }
    if (fields.containsKey("method")) {
      return new Transaction(said).delivery();
    }
    throw new Refusal(
        Reason.UNKNOWN_TYPE,
        "This is no record that is known (expected: one with method, start_time, start_stamp or"
            + " event).");
  }
}
