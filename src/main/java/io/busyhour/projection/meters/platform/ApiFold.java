package io.busyhour.projection.meters.platform;

import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.ApiAuthFailed;
import io.busyhour.event.PlatformEvent.ApiRateLimited;
import io.busyhour.event.PlatformEvent.ApiRequest;
import io.busyhour.event.PlatformEvent.AuthReason;
import io.busyhour.event.PlatformEvent.LimitType;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import java.util.List;

/** What a platform's API is asked, and whom it turns away. */
public final class ApiFold implements Fold {
  private static final List<String> USUAL_STATUSES = List.of("2xx", "4xx", "5xx");
  private static final int LAST_CLASS = 5;

  private final CounterFamily requests;
  private final HistogramFamily latency;
  private final CounterFamily rateLimited;
  private final CounterFamily authFailures;

  /** Registers the families. */
  public ApiFold(Meters meters) {
    requests =
        meters.counter(
            "warp_api_requests_total",
            "Requests to the API, by route template and class of status.",
            "account",
            "endpoint",
            "method",
            "status");
    latency =
        meters.histogram(
            "warp_api_latency_milliseconds",
            "How long the API took to answer.",
            new double[] {5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000},
            "account",
            "endpoint",
            "method");
    rateLimited =
        meters.counter(
            "warp_rate_limit_hits_total",
            "Requests refused because there were too many.",
            "account",
            "limit_type");
    authFailures =
        meters.counter(
            "warp_auth_failures_total", "Who was not let in, and why.", "account", "reason");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case ApiRequest e -> on(e);
      case ApiRateLimited e -> {
        knowLimits(e.account());
        rateLimited.add(1, e.account(), Words.of(e.limitType()));
      }
      case ApiAuthFailed e -> {
        knowReasons(e.account());
        authFailures.add(1, e.account(), Words.of(e.reason()));
      }
      default -> {
        // Not the API's.
      }
    }
  }

  private void on(ApiRequest said) {
    Route route = Route.of(said.endpoint(), said.method());
    // What this route and this account may come to, so that its first increment is seen by rate().
    for (String status : USUAL_STATUSES) {
      requests.touch(said.account(), route.endpoint(), route.method(), status);
    }
    knowLimits(said.account());
    knowReasons(said.account());
    requests.add(1, said.account(), route.endpoint(), route.method(), statusClass(said.status()));
    if (said.latencyMs() != null) {
      latency.observe(said.latencyMs(), said.account(), route.endpoint(), route.method());
    }
  }

  /** RFC 9110 section 15; what HTTP does not have is other. */
  private static String statusClass(int status) {
    int first = status / 100;
    return first <= LAST_CLASS ? first + "xx" : "other";
  }

  private void knowLimits(String account) {
    for (LimitType type : LimitType.values()) {
      rateLimited.touch(account, Words.of(type));
    }
  }

  private void knowReasons(String account) {
    for (AuthReason reason : AuthReason.values()) {
      authFailures.touch(account, Words.of(reason));
    }
  }
}
