package io.busyhour.serve.scrape;

import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.serve.Compression;
import io.busyhour.serve.scrape.Scrape.Refused;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.microprofile.server.RoutingPath;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code GET /metrics}, {@code /metrics/prometheus} and {@code /metrics/json}. It is a service of
 * the web server and not a JAX-RS resource because it stands in front of Helidon's own endpoint of
 * the first path, which is left with what is asked for as JSON; resources below {@code /metrics/}
 * are reached past it.
 */
@Dependent
@RoutingPath("/metrics")
class MetricsEndpoint implements HttpService {
  private static final Header ANY_ACCEPT =
      HeaderValues.create(HeaderNames.VARY, "Accept, Accept-Encoding");

  private static final int BUFFER = 1 << 16;
  private static final String VOICE = "voice_";
  private static final Set<String> APPLICATION = Set.of("application");

  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private static final Refused NOT_SAVED =
      new Refused(
          503,
          Map.of("Retry-After", "5"),
          "unavailable",
          "The store is unreachable, and figures that are not saved are not shown.");
  private static final Refused NOTHING_SELECTED =
      new Refused(404, Map.of(), "not_found", "No metric has this scope and name.");
  private static final Refused NO_SUCH_METHOD =
      new Refused(
          405,
          Map.of("Allow", "GET, HEAD"),
          "method_not_allowed",
          "This method is not known here; the Allow header lists those.");

  private final Scrape scrape;
  private final SavedFigures figures;
  private final HistogramFamily seconds;

  @Inject
  MetricsEndpoint(Meters meters, Scrape scrape) {
    this.scrape = scrape;
    this.figures = new SavedFigures(meters, scrape.saving());
    this.seconds =
        meters.histogram("busyhour_scrape_seconds", "Time to answer a scrape.", SECONDS, "format");
    Format.written().forEach(format -> seconds.keep(format.label()));
    MetricSnapshot buildInfo = BuildInfo.snapshot();
    meters.computed(BuildInfo.NAME, () -> buildInfo);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any("/", this::all);
    rules.any("/prometheus", this::voice);
    rules.any("/json", this::json);
    // Helidon still has a path for each scope, which would pass by the guard.
    rules.any("/{scope:base|vendor|application}", this::movedToQuery);
    rules.any("/{scope:base|vendor|application}/*", this::movedToQuery);
  }

  private void movedToQuery(ServerRequest request, ServerResponse response) {
    String scope = request.path().pathParameters().get("scope");
    refuse(
        response,
        new Refused(404, Map.of(), "not_found", "A scope is asked for as /metrics?scope=" + scope));
  }

  private void all(ServerRequest request, ServerResponse response) {
    Format format = Format.wantedBy(header(request, "Accept"));
    Method method = request.prologue().method();
    if (isAnswered(method) && format != Format.JSON) {
      Set<String> scopes = asked(request, "scope");
      Set<String> names = asked(request, "name");
      answer(request, response, format, () -> figures.all(scopes, names, format.isNative()));
    } else if (isAllowed(request, response)) {
      response.next();
    }
  }

  /** The families of the seed's voice calls alone, in the formats of a scrape. */
  private void voice(ServerRequest request, ServerResponse response) {
    Format wanted = Format.wantedBy(header(request, "Accept"));
    Format format = wanted == Format.JSON ? Format.TEXT : wanted;
    Set<String> names = asked(request, "name");
    Predicate<String> voice =
        name -> name.startsWith(VOICE) && (names.isEmpty() || names.contains(name));
    answer(request, response, format, () -> figures.own(voice, format.isNative()));
  }

  private void json(ServerRequest request, ServerResponse response) {
    Set<String> names = asked(request, "name");
    answer(request, response, Format.JSON, () -> figures.all(APPLICATION, names, false));
  }

  private static Set<String> asked(ServerRequest request, String parameter) {
    return new HashSet<>(request.query().all(parameter, List::of));
  }

  private static boolean isAnswered(Method method) {
    return method.equals(Method.GET) || method.equals(Method.HEAD);
  }

  private boolean isAllowed(ServerRequest request, ServerResponse response) {
    Optional<Refused> refused =
        scrape.guard().check(name -> header(request, name)).or(this::notYet);
    refused.ifPresent(why -> refuse(response, why));
    return refused.isEmpty();
  }

  private Optional<Refused> notYet() {
    return scrape
        .waiting()
        .get()
        .map(why -> new Refused(503, Map.of("Retry-After", "1"), "not_ready", why));
  }

  private void answer(
      ServerRequest request,
      ServerResponse response,
      Format format,
      Supplier<Optional<MetricSnapshots>> wanted) {
    if (!isAllowed(request, response)) {
      return;
    }
    Method method = request.prologue().method();
    if (method.equals(Method.HEAD)) {
      response.header(HeaderNames.CONTENT_TYPE, format.contentType()).send();
    } else if (method.equals(Method.GET)) {
      scrape(request, response, format, wanted);
    } else {
      refuse(response, NO_SUCH_METHOD);
    }
  }

  private void scrape(
      ServerRequest request,
      ServerResponse response,
      Format format,
      Supplier<Optional<MetricSnapshots>> wanted) {
    long start = System.nanoTime();
    Optional<MetricSnapshots> saved = wanted.get();
    if (saved.isEmpty()) {
      refuse(response, NOT_SAVED);
    } else if (saved.get().size() == 0) {
      refuse(response, NOTHING_SELECTED);
    } else {
      write(request, response, format, saved.get());
      seconds.observe((System.nanoTime() - start) / 1e9, format.label());
    }
  }

  private static void write(
      ServerRequest request, ServerResponse response, Format format, MetricSnapshots snapshots) {
    response.header(HeaderValues.CACHE_NO_CACHE);
    response.header(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
    response.header(ANY_ACCEPT);
    response.header(HeaderNames.CONTENT_TYPE, format.contentType());
    boolean gzip = Compression.wantedBy(header(request, "Accept-Encoding"));
    if (gzip) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    }
    // Every flush of this buffer is a chunk of HTTP and a record of TLS.
    OutputStream plain = new BufferedOutputStream(unflushed(response.outputStream()), BUFFER);
    try (OutputStream out = gzip ? Compression.of(plain) : plain) {
      format.write(out, snapshots);
    } catch (IOException | UncheckedIOException e) {
      // Nobody is left to be answered, and a scraper's time-out is no fault of the server.
      throw new CloseConnectionException("The scraper went away", e);
    }
  }

  /**
   * Closing a buffer flushes what is behind it, which sends a body and its end in two packets: the
   * second then waits for the client's delayed acknowledgement of the first (RFC 896), 40 ms.
   */
  private static OutputStream unflushed(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void flush() {
        // Left to the end.
      }
    };
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return request.headers().find(HeaderNames.create(name)).map(Header::values);
  }

  private static void refuse(ServerResponse response, Refused refused) {
    refused.headers().forEach(response::header);
    response.status(refused.status());
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(
        Json.createObjectBuilder()
            .add("error", refused.error())
            .add("message", refused.message())
            .build()
            .toString());
  }
}
