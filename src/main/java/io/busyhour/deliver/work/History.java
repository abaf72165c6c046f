package io.busyhour.deliver.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.deliver.send.Answer;

/** What a delivery's row says of its attempts: a JSON array, the newest last. */
final class History {
  private static final int MOST = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private History() {}

  /** With one more; the oldest go when there are many. */
  static String with(Attempt attempt) {
    ArrayNode attempts = parse(attempt.due().history());
    Answer answer = attempt.answer();
    ObjectNode one = attempts.addObject();
    one.put("at", attempt.at().toString());
    one.put("status", answer.status());
    one.put("latency_seconds", answer.took().toNanos() / 1e9);
    if (answer.failure() != null) {
      one.put("failure", answer.failure());
    }
    if (answer.excerpt() != null && !answer.isSuccess()) {
      one.put("answer", answer.excerpt());
    }
    while (attempts.size() > MOST) {
      attempts.remove(0);
    }
    return attempts.toString();
  }

  private static ArrayNode parse(String history) {
    if (history == null) {
      return JSON.createArrayNode();
    }
    try {
      return (ArrayNode) JSON.readTree(history);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a history that was written here cannot be read", e);
    }
  }
}
