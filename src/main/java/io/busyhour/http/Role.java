package io.busyhour.http;

import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the holder of a token may do. */
public enum Role {
  /** Send events. */
  INGEST,
  /** Read metrics and views, with phone numbers masked. */
  READ,
  /** See whole phone numbers. */
  PII,
  /** Change what others set up, and clean up. */
  ADMIN;

  /** The role as it is written in the file of tokens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether the caller of a guarded resource has this role. */
  public boolean isHeldBy(SecurityContext caller) {
    return caller.isUserInRole(word());
  }

  /** The role of that word, or null if there is none. */
  static Role named(String word) {
    return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst().orElse(null);
  }

  static String list() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }
}
