package io.busyhour.poll;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the poller may be told.
 *
 * @param accountSid whose balance and usage are asked for
 * @param authTokens the account's auth tokens: several while they are rotated, and then the first
 *     that Twilio takes is used
 * @param interval how long to wait between one time of asking and the next
 * @param usageStart the day from which on usage is asked for, in GMT; empty for the present day
 * @param baseUrl where Twilio's API is: nothing is ever asked of another host
 */
public record PollSettings(
    String accountSid,
    List<String> authTokens,
    Duration interval,
    Optional<LocalDate> usageStart,
    URI baseUrl) {
  /** Checks that there is a token, and keeps the list from changing. */
  public PollSettings {
    authTokens = List.copyOf(authTokens);
    if (authTokens.isEmpty()) {
      throw new IllegalArgumentException("busyhour.twilio.auth-token: (expected: at least one)");
    }
  }

  /** All but the tokens. */
  @Override
  public String toString() {
    return "PollSettings[accountSid=%s, %d auth tokens, interval=%s, usageStart=%s, baseUrl=%s]"
        .formatted(accountSid, authTokens.size(), interval, usageStart, baseUrl);
  }
}
