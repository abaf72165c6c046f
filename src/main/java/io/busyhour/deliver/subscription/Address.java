package io.busyhour.deliver.subscription;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Where deliveries may go: checks what is sent as a URL. For any thread. */
final class Address {
  private static final int LONGEST = 2048;
  private static final int LAST_PORT = 65_535;
  private static final String EXPECTED =
      "an absolute http or https URL with a host, without user name, password and fragment, of at"
          + " most 2048 characters";

  private final Function<URI, Optional<String>> refusing;

  /**
   * Checks by a policy, too.
   *
   * @param refusing tells why nothing may be sent to a URL, if so
   */
  Address(Function<URI, Optional<String>> refusing) {
    this.refusing = refusing;
  }

  /**
   * Reads one.
   *
   * @throws Refusal wrong_type or invalid_value
   */
  URI read(Object sent) {
    if (!(sent instanceof String text)) {
      throw new Refusal(
          Reason.WRONG_TYPE,
          "subscription: url: %s (expected: %s)"
              .formatted(Quoted.of(String.valueOf(sent)), EXPECTED));
    }
    URI url = parse(text);
    Optional<String> reason = refusing.apply(url);
    if (reason.isPresent()) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          ("subscription: url: %s is refused: %s (expected: a public address, or one that"
                  + " busyhour.webhook.allow or busyhour.webhook.allow-private=true allows)")
              .formatted(Quoted.of(text), reason.get()));
    }
    return url;
  }

  private static URI parse(String text) {
    if (text.length() > LONGEST) {
      throw bad(text);
    }
    try {
      URI url = new URI(text).parseServerAuthority();
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      boolean good =
          (scheme.equals("http") || scheme.equals("https"))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
              && url.getPort() != 0
              && url.getPort() <= LAST_PORT;
      URI ascii = new URI(url.toASCIIString());
      if (good && ascii.toString().length() <= LONGEST) {
        return ascii;
      }
    } catch (URISyntaxException e) {
      // Said below: what is expected says it all.
    }
    throw bad(text);
  }

  /** What stands before an @ may be a password. */
  private static Refusal bad(String text) {
    String shown =
        text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("(?s).*@", "***@");
    return new Refusal(
        Reason.INVALID_VALUE,
        "subscription: url: %s (expected: %s)".formatted(Quoted.of(shown), EXPECTED));
  }
}
