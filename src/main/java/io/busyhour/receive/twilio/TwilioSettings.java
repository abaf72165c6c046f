package io.busyhour.receive.twilio;

import java.util.List;

/**
 * What the Twilio doors may be told.
 *
 * @param authTokens the auth tokens that callbacks may be signed with: several while they are
 *     rotated, or with sub-accounts; none leaves the doors shut
 */
public record TwilioSettings(List<String> authTokens) {
  /**
   * Checks the tokens.
   *
   * @throws IllegalArgumentException naming the key, never the value
   */
  public TwilioSettings {
    authTokens = List.copyOf(authTokens);
    if (authTokens.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "busyhour.twilio.auth-token: (expected: one token or several, none of them blank)");
    }
  }

  /** Says how many tokens there are. */
  @Override
  public String toString() {
    return "TwilioSettings[" + authTokens.size() + " auth tokens]";
  }
}
