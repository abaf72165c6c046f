package io.busyhour.serve.scrape;

import io.busyhour.serve.Compression;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.serve.scrape.Scrape.Refused;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.metrics.api.MetricsFactory;
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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code GET /metrics}. It is a service of the web server and not a JAX-RS resource because it
 * stands in front of Helidon's own endpoint of the same path, which is left with what is asked for
 * as JSON; resources below {@code /metrics/} are reached past it.
 */
@Dependent
@RoutingPath("/metrics")
class MetricsEndpoint implements HttpService {
  private static final Logger LOG = System.getLogger(MetricsEndpoint.class.getName());
  private static final Header ANY_ACCEPT =
      HeaderValues.create(HeaderNames.VARY, "Accept, Accept-Encoding");

  /** MicroProfile's scope of Busyhour's own families. */
  private static final String OWN_SCOPE = "application";

  private static final int BUFFER = 1 << 16;

  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private static final Refused NOT_SAVED =
      new Refused(
          503,
          Map.of("Retry-After", "5"),
          "unavailable",
          "The store is unreachable, and figures that are not saved are not shown.");
  private static final Refused NOTHING_SELECTED =
      new Refused(404, Map.of(), "not_found", "No metric has this scope and name.");

  private final Meters meters;
  private final Scrape scrape;
  private final HelidonMeters helidon =
      new HelidonMeters(MetricsFactory.getInstance().globalRegistry());
  private final HistogramFamily seconds;
  private final ReentrantLock saving = new ReentrantLock();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  @Inject
  MetricsEndpoint(Meters meters, Scrape scrape) {
    this.meters = meters;
    this.scrape = scrape;
    this.seconds =
        meters.histogram("busyhour_scrape_seconds", "Time to answer a scrape.", SECONDS, "format");
    Format.written().forEach(format -> seconds.keep(format.label()));
    MetricSnapshot buildInfo = BuildInfo.snapshot();
    meters.computed(BuildInfo.NAME, () -> buildInfo);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any("/", this::answer);
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

  private void answer(ServerRequest request, ServerResponse response) {
    Format format = Format.wantedBy(header(request, "Accept"));
    Optional<Refused> refused =
        scrape.guard().check(name -> header(request, name)).or(this::notYet);
    if (refused.isPresent()) {
      refuse(response, refused.get());
    } else if (request.prologue().method().equals(Method.HEAD) && format != Format.JSON) {
      response.header(HeaderNames.CONTENT_TYPE, format.contentType()).send();
    } else if (request.prologue().method().equals(Method.GET) && format != Format.JSON) {
      scrape(request, response, format);
    } else {
      response.next();
    }
  }

  private Optional<Refused> notYet() {
    return scrape
        .waiting()
        .get()
        .map(why -> new Refused(503, Map.of("Retry-After", "1"), "not_ready", why));
  }

  private void scrape(ServerRequest request, ServerResponse response, Format format) {
    long start = System.nanoTime();
    Set<String> scopes = new HashSet<>(request.query().all("scope", List::of));
    Set<String> names = new HashSet<>(request.query().all("name", List::of));
    Optional<MetricSnapshots> saved = saved(() -> collect(scopes, names, format.isNative()));
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
    OutputStream plain = new BufferedOutputStream(response.outputStream(), BUFFER);
    try (OutputStream out = gzip ? Compression.of(plain) : plain) {
      format.write(out, snapshots);
    } catch (IOException | UncheckedIOException e) {
      // Nobody is left to be answered, and a scraper's time-out is no fault of the server.
      throw new CloseConnectionException("The scraper went away", e);
    }
  }

  /**
   * What is seen is saved: as it is saved after the snapshot was taken, and by one scrape after the
   * other, no update that comes in between can be seen and yet be lost. Empty when it cannot be.
   */
  private Optional<MetricSnapshots> saved(Supplier<MetricSnapshots> snapshots) {
    saving.lock();
    try {
      Runnable save = scrape.saving().get();
      MetricSnapshots taken = snapshots.get();
      return save(save) ? Optional.of(taken) : Optional.empty();
    } finally {
      saving.unlock();
    }
  }

  private boolean save(Runnable save) {
    try {
      save.run();
      return true;
    } catch (RuntimeException e) {
      warn("save", "A scrape is refused: what it would show cannot be saved.", e);
      return false;
    }
  }

  private MetricSnapshots collect(Set<String> scopes, Set<String> names, boolean natively) {
    Predicate<String> wanted = name -> names.isEmpty() || names.contains(name);
    MetricSnapshots own =
        scopes.isEmpty() || scopes.contains(OWN_SCOPE)
            ? meters.snapshots(wanted, natively)
            : MetricSnapshots.of();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    own.forEach(all::metricSnapshot);
    for (MetricSnapshot snapshot : helidon.snapshots(scopes, names)) {
      String name = snapshot.getMetadata().getPrometheusName();
      if (all.containsMetricName(name)) {
        warn(name, "The MicroProfile metric " + name + " is hidden by Busyhour's own.", null);
      } else {
        all.metricSnapshot(snapshot);
      }
    }
    return all.build();
  }

  private void warn(String subject, String message, Exception e) {
    LOG.log(reported.add(subject) ? Level.WARNING : Level.DEBUG, message, e);
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
