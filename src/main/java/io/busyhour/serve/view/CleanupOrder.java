package io.busyhour.serve.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.http.Asked;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cleanup is told to do.
 *
 * @param threshold the seconds for which a call must have been open
 * @param dryRun whether the calls are shown only
 */
record CleanupOrder(int threshold, boolean dryRun) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a body, of which all and each may be left out. A name that is not known is refused: it
   * may be a dry run that somebody misspelled.
   */
  static CleanupOrder read(String body) {
    JsonNode order = body.isBlank() ? JSON.createObjectNode() : parse(body);
    if (order == null || !order.isObject()) {
      throw new Refusal(Reason.WRONG_TYPE, "The body must be a JSON object.");
    }
    Set<String> unknown = new TreeSet<>();
    order.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(Set.of("threshold", "dry_run"));
    if (!unknown.isEmpty()) {
      throw new Refusal(
          Reason.INVALID_VALUE, "The body may have threshold and dry_run and nothing else.");
    }
    return new CleanupOrder(threshold(order.path("threshold")), dryRun(order.path("dry_run")));
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Refusal(Reason.MALFORMED_JSON, "The body is no JSON.");
    }
  }

  private static int threshold(JsonNode said) {
    if (said.isMissingNode()) {
      return StaleCalls.THRESHOLD;
    }
    // As text, so that what is no whole number is as one that is out of range.
    return Asked.number(
        "threshold",
        said.isIntegralNumber() ? said.asText() : "-",
        StaleCalls.THRESHOLD,
        StaleCalls.LEAST_THRESHOLD,
        StaleCalls.MOST_THRESHOLD);
  }

  private static boolean dryRun(JsonNode said) {
    if (said.isMissingNode()) {
      return false;
    }
    if (!said.isBoolean()) {
      throw Asked.wrong("dry_run", "true or false");
    }
    return said.asBoolean();
  }
}
