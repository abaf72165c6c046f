package io.busyhour.http;

import io.busyhour.http.Tokens.Holder;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Lets in who presents a bearer token with the role that a resource needs (RFC 6750). */
@Priority(Priorities.AUTHENTICATION)
final class AccessFilter implements ContainerRequestFilter {
  private final Tokens tokens;
  private final Role role;

  AccessFilter(Tokens tokens, Role role) {
    this.tokens = tokens;
    this.role = role;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Holder holder = tokens.admit(request.getHeaderString(HttpHeaders.AUTHORIZATION), role);
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new Caller(holder, secure));
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
