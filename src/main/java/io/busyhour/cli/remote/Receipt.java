package io.busyhour.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What became of a batch of events.
 *
 * @param accepted stored now
 * @param duplicates stored before
 * @param rejected not stored, each with its reason
 */
public record Receipt(long accepted, long duplicates, List<Rejected> rejected) {
  /**
   * An event that was not stored.
   *
   * @param index its place in the batch, from 0
   * @param error the reason, from the server's closed list
   * @param message what is wrong with it
   */
  public record Rejected(int index, String error, String message) {}

  /** Keeps the list from changing. */
  public Receipt {
    rejected = List.copyOf(rejected);
  }

  /** Whether this is the answer to a batch; a refusal of the batch as a whole is none. */
  static boolean isIn(JsonNode body) {
    return body.path("accepted").isIntegralNumber() && body.path("rejected").isArray();
  }

  static Receipt read(JsonNode body) {
    return new Receipt(
        body.path("accepted").asLong(),
        body.path("duplicates").asLong(),
        StreamSupport.stream(body.path("rejected").spliterator(), false)
            .map(
                one ->
                    new Rejected(
                        one.path("index").asInt(),
                        one.path("error").asText(),
                        one.path("message").asText()))
            .toList());
  }
}
