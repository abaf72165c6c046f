package io.busyhour.deliver.subscription;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes what nobody can guess: ids and secrets. For any thread. */
final class Keys {
  // Crockford's: none of these letters is mistaken for another or for a digit.
  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int ID_LENGTH = 26;
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random;

  Keys(SecureRandom random) {
    this.random = random;
  }

  /** The id of a subscription. */
  String id() {
    StringBuilder id = new StringBuilder("sub_");
    random.ints(ID_LENGTH, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
    return id.toString();
  }

  /** A secret that signs until further notice. */
  Secret secret() {
    byte[] key = new byte[SECRET_BYTES];
    random.nextBytes(key);
    return new Secret("whsec_" + Base64.getEncoder().encodeToString(key), null);
  }
}
