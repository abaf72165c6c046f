package io.busyhour.receive.twilio;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import jakarta.ws.rs.core.HttpHeaders;

/** Proves that requests are Twilio's, or refuses them. */
final class Proof {
  private final boolean isConfigured;
  private final TwilioSignature signature;

  Proof(TwilioSettings settings) {
    isConfigured = !settings.authTokens().isEmpty();
    signature = new TwilioSignature(settings.authTokens());
  }

  /** The signature of a request, to be looked at before its body is read. */
  String presented(HttpHeaders headers) {
    if (!isConfigured) {
      throw new Refusal(
          Reason.NOT_CONFIGURED,
          "This door is shut: busyhour.twilio.auth-token is not set on the server.");
    }
    String presented = headers.getHeaderString("X-Twilio-Signature");
    if (presented == null) {
      throw new Refusal(Reason.BAD_SIGNATURE, "The request has no X-Twilio-Signature.");
    }
    return presented;
  }

  /** Checks a form; that of a GET is in the URL already and is empty here. */
  void check(String presented, String url, Form form) {
    check(signature.isGood(presented, url, form));
  }

  /** Checks a body that is no form. */
  void check(String presented, String url, byte[] body) {
    check(signature.isGood(presented, url, body));
  }

  private static void check(boolean good) {
    if (!good) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "X-Twilio-Signature does not fit the request: the auth token or the URL that this server"
              + " is known by (busyhour.public-url) may be another.");
    }
  }
}
