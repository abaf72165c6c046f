package io.busyhour.http;

import io.busyhour.http.Tokens.Holder;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;

/**
 * Lets in who presents a bearer token with the role that a resource needs (RFC 6750). While there
 * are no tokens, whatever runs on the same machine is let in, and so is a browser there that shows
 * a page of somebody else: what such a page sends changes nothing that takes the role admin.
 */
@Priority(Priorities.AUTHENTICATION)
final class AccessFilter implements ContainerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Tokens tokens;
  private final Role role;

  AccessFilter(Tokens tokens, Role role) {
    this.tokens = tokens;
    this.role = role;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (role == Role.ADMIN && !READING.contains(request.getMethod()) && isFromElsewhere(request)) {
      throw new Refusal(
          Reason.FORBIDDEN, "What a page of another site sends in a browser changes nothing here.");
    }
    Holder holder = tokens.admit(request.getHeaderString(HttpHeaders.AUTHORIZATION), role);
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new Caller(holder, secure));
  }

  /** As the browser says: Sec-Fetch-Site, or else Origin, which older ones have alone. */
  private static boolean isFromElsewhere(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeaderString("Origin");
    String host = request.getHeaderString(HttpHeaders.HOST);
    return origin != null && (host == null || !origin.endsWith("://" + host));
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
