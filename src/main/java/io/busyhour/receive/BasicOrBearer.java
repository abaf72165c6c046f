package io.busyhour.receive;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Proof of senders that cannot all be told to send a bearer token. */
public final class BasicOrBearer {
  private static final String BASIC = "Basic ";

  private BasicOrBearer() {}

  /**
   * Lets in who has a token with the role ingest, as bearer or as a URL carries it: the password,
   * or the user where there is no password (RFC 7617).
   *
   * @throws Refusal unauthorized or forbidden
   */
  public static Tokens.Holder admit(HttpHeaders headers, Tokens tokens) {
    String authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean isBasic =
        authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
    return tokens.admit(isBasic ? bearer(authorization) : authorization, Role.INGEST);
  }

  private static String bearer(String basic) {
    try {
      byte[] userInfo = Base64.getDecoder().decode(basic.substring(BASIC.length()).strip());
      String[] parts = new String(userInfo, StandardCharsets.UTF_8).split(":", 2);
      boolean hasPassword = parts.length > 1 && !parts[1].isEmpty();
      return "Bearer " + (hasPassword ? parts[1] : parts[0]);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.UNAUTHORIZED, "The Authorization is no base64 (RFC 7617).");
    }
  }
}
