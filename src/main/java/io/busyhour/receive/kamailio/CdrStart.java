package io.busyhour.receive.kamailio;

import io.busyhour.event.field.Quoted;
import io.busyhour.event.field.Words;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;

/** What the start_time of a Kamailio CDR is: acc's parameter cdr_start_on_confirmed. */
enum CdrStart {
  /** The INVITE, as it is unless the parameter is set: the duration has the ringing in it. */
  INITIAL,
  /** The answer. */
  CONFIRMED;

  /**
   * As the query of the door's URL says.
   *
   * @throws Refusal invalid_value
   */
  static CdrStart of(String word) {
    if (word == null) {
      return INITIAL;
    }
    CdrStart start = Words.parse(CdrStart.class, word);
    if (start == null) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "cdr_start: %s (expected: initial or confirmed)".formatted(Quoted.of(word)));
    }
    return start;
  }
}
