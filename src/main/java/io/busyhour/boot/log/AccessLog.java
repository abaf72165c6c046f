package io.busyhour.boot.log;

import io.busyhour.http.Handled;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes a line for each request once it was answered: method, path, status, bytes of the body,
 * time, and the name of the token. Paths are templates and come without their query, for what
 * senders put there may be a phone number or a secret.
 */
public final class AccessLog implements Filter {
  private static final Logger LOG = System.getLogger("busyhour.access");
  // What is here beside the resources, all of one or two words that nobody else chooses.
  private static final Set<String> OTHERS = Set.of("metrics", "health", "openapi");

  private static final Set<String> HEALTH = Set.of("live", "ready", "started");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long start = System.nanoTime();
    Handled handled = Handled.begin();
    try {
      chain.proceed();
    } finally {
      write(request, response, handled, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static void write(
      RoutingRequest request, RoutingResponse response, Handled handled, Duration took) {
    // The path of the prologue: that of the request is a part of it once it was routed to /health.
    String method = request.prologue().method().text();
    String path = handled.route().orElseGet(() -> known(request.prologue().uriPath().rawPath()));
    int status = response.status().code();
    long bytes = response.bytesWritten();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", method);
    fields.put("path", path);
    fields.put("status", status);
    fields.put("bytes", bytes);
    fields.put("duration_ms", Math.round(took.toNanos() / 1e3) / 1e3);
    handled.token().ifPresent(token -> fields.put("token", token));
    String text =
        "%s %s %d, %d bytes in %d ms".formatted(method, path, status, bytes, took.toMillis());
    LOG.log(Level.INFO, "{0}", text, fields);
  }

  private static String known(String path) {
    String[] words = path.split("/", -1);
    if (words.length < 2 || !OTHERS.contains(words[1])) {
      return "(none)";
    }
    return "/" + words[1] + (words.length > 2 && HEALTH.contains(words[2]) ? "/" + words[2] : "");
  }
}
