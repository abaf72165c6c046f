package io.busyhour.http;

import io.busyhour.http.Tokens.Holder;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.EnumSet;

/** Lets in who presents a bearer token with the role that a resource needs (RFC 6750). */
@Priority(Priorities.AUTHENTICATION)
final class AccessFilter implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";
  private static final Holder ANYBODY = new Holder("anybody", EnumSet.allOf(Role.class));

  private final Tokens tokens;
  private final Role role;

  AccessFilter(Tokens tokens, Role role) {
    this.tokens = tokens;
    this.role = role;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Holder holder =
        tokens.isEmpty() ? ANYBODY : holder(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    if (!holder.roles().contains(role)) {
      throw new Refusal(
          Reason.FORBIDDEN,
          "The token \"%s\" lacks the role %s.".formatted(holder.name(), role.word()));
    }
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new Caller(holder, secure));
  }

  private Holder holder(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(
          Reason.UNAUTHORIZED,
          "A token with the role %s is needed: send Authorization: Bearer <token>."
              .formatted(role.word()));
    }
    return tokens
        .holder(authorization.substring(SCHEME.length()).strip())
        .orElseThrow(() -> new Refusal(Reason.UNAUTHORIZED, "This token is not known here."));
  }

  private record Caller(Holder holder, boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return holder::name;
    }

    @Override
    public boolean isUserInRole(String word) {
      return holder.roles().contains(Role.named(word));
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
