package io.busyhour.receive;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;

/**
 * The URL that a sender asked for, byte for byte: what a signature over it was made of. JAX-RS
 * gives a URI that was decoded and encoded again, which signs differently.
 */
public final class RequestedUrl {
  private static final HeaderName PROTO = HeaderNames.create("X-Forwarded-Proto");
  private static final HeaderName HOST = HeaderNames.create("X-Forwarded-Host");
  private static final HeaderName PORT = HeaderNames.create("X-Forwarded-Port");

  private RequestedUrl() {}

  /** The URL of a request: begins as the settings say, ends as it was sent. */
  public static String of(ServerRequest request, ReceiveSettings settings) {
    HttpPrologue prologue = request.prologue();
    String query = prologue.query().rawValue();
    return settings.publicUrl().orElseGet(() -> base(request, settings.trustForwarded()))
        + prologue.uriPath().rawPath()
        + (query.isEmpty() ? "" : "?" + query);
  }

  private static String base(ServerRequest request, boolean trustForwarded) {
    String scheme = request.isSecure() ? "https" : "http";
    String host = request.authority();
    if (!trustForwarded) {
      return scheme + "://" + host;
    }
    String forwardedHost = first(request, HOST, host);
    String port = first(request, PORT, "");
    boolean addPort = !port.isEmpty() && !hasPort(forwardedHost);
    return first(request, PROTO, scheme) + "://" + forwardedHost + (addPort ? ":" + port : "");
  }

  /** Of several proxies the first one wrote what the sender asked for. */
  private static String first(ServerRequest request, HeaderName name, String otherwise) {
    return request.headers().first(name).map(v -> v.split(",", 2)[0].strip()).orElse(otherwise);
  }

  private static boolean hasPort(String host) {
    return host.lastIndexOf(':') > host.lastIndexOf(']');
  }
}
