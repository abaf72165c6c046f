package io.busyhour.serve.view;

import io.busyhour.projection.change.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Calls that have been open for long, as they are listed. */
record StaleCalls(List<CallRecord> calls, Instant now) {
  static final int THRESHOLD = 3600;
  static final int LEAST_THRESHOLD = 60;
  static final int MOST_THRESHOLD = 604_800;
  static final int MOST_LISTED = 1000;

  List<Map<String, Object>> shown(boolean numbersShown) {
    return calls.stream().map(call -> row(call, numbersShown)).toList();
  }

  private Map<String, Object> row(CallRecord call, boolean numbersShown) {
    Map<String, Object> row = CallView.of(call, numbersShown);
    row.put("age_seconds", Duration.between(call.startedAt(), now).toSeconds());
    return row;
  }

  /** How many there are: counted only where there may be more than are listed. */
  long countOf(LongSupplier all) {
    return calls.size() < MOST_LISTED ? calls.size() : Math.max(calls.size(), all.getAsLong());
  }
}
