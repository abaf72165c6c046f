package io.busyhour.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param status the HTTP status
 * @param retryAfter when it is worth trying again, where the server says so
 * @param body the JSON that came, a missing node where there was none
 */
public record Answer(int status, Optional<Duration> retryAfter, JsonNode body) {
  /** Whether the server did what was asked. */
  public boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** What a refusal says, in one sentence. */
  public String message() {
    String message = body.path("message").asText();
    return message.isEmpty() ? "HTTP " + status : message;
  }
}
