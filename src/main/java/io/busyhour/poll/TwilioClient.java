package io.busyhour.poll;

import io.busyhour.event.PollEvent.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks Twilio's API: within a time and a size, again where that is of use, and never another host
 * than the one that it was made for. The JDK's client does all of that; Twilio's own library would
 * bring a second HTTP client for two GETs, does not try again after a 429, and sums up what went
 * wrong in texts rather than reasons. Not for several threads.
 */
final class TwilioClient implements AutoCloseable {
  private static final int TRIES = 5;
  // A record of usage has 1 to 2 KiB, and a page at most a thousand of them.
  private static final int MAX_BYTES = 8 * 1024 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int UNAUTHORIZED = 401;

  private final URI base;
  private final List<String> authorizations;
  private final Times times;
  private final Backoff backoff;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER).build();
  // The token that was taken last is tried first.
  private int token;

  /**
   * What has to do with time.
   *
   * @param answer how long a whole answer may take
   */
  record Times(InstantSource clock, Pause pause, Duration answer) {}

  TwilioClient(PollSettings settings, Times times, Backoff backoff) {
    this.base = settings.baseUrl();
    this.authorizations =
        settings.authTokens().stream().map(t -> basic(settings.accountSid() + ":" + t)).toList();
    this.times = times;
    this.backoff = backoff;
  }

  private static String basic(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The body of the answer to a GET.
   *
   * @param target path and query, beginning with a slash
   * @param refused is told why of each request that was in vain
   * @throws PollFailure when the last one was
   */
  byte[] get(String target, Consumer<Failure> refused) throws PollFailure, InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return answer(onThisHost(target));
      } catch (PollFailure e) {
        refused.accept(e.reason());
        if (failures == TRIES || !e.isPassing()) {
          throw e;
        }
        times.pause.sleep(backoff.delay(failures, e.retryAfter()));
      }
    }
  }

  /** What Twilio calls the next page is a path; anything else could take the token elsewhere. */
  private URI onThisHost(String target) throws PollFailure {
    try {
      URI uri = base.resolve(target);
      if (target.startsWith("/")
          && base.getScheme().equals(uri.getScheme())
          && base.getRawAuthority().equals(uri.getRawAuthority())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below: it is no URI.
    }
    throw new PollFailure(Failure.OTHER_HOST, "the next page is not a path on the same host");
  }

  /** Of several tokens one may be refused, as they are replaced one after the other. */
  private byte[] answer(URI uri) throws PollFailure, InterruptedException {
    HttpResponse<byte[]> answer = ask(uri);
    for (int more = authorizations.size() - 1; more > 0; more--) {
      if (answer.statusCode() != UNAUTHORIZED) {
        break;
      }
      token = (token + 1) % authorizations.size();
      answer = ask(uri);
    }
    return checked(answer);
  }

  private HttpResponse<byte[]> ask(URI uri) throws PollFailure, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(times.answer)
            .header("Authorization", authorizations.get(token))
            .header("Accept", "application/json")
            .header("User-Agent", "busyhour")
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new LimitedBody(MAX_BYTES));
    try {
      // The request's own time-out ends with the head of the answer; this one has the body in it.
      return answer.get(times.answer.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw broken(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static PollFailure late() {
    return new PollFailure(Failure.TIMEOUT, "there was no whole answer in time");
  }

  private static PollFailure broken(Throwable cause) {
    return switch (cause) {
      case LimitedBody.TooLong e ->
          new PollFailure(Failure.TOO_LARGE, "the answer is longer than " + MAX_BYTES + " bytes");
      case HttpTimeoutException e -> late();
      case IOException e ->
          new PollFailure(Failure.UNREACHABLE, "no answer: " + e.getClass().getSimpleName());
      default -> throw new IllegalStateException("the HTTP client failed", cause);
    };
  }

  private byte[] checked(HttpResponse<byte[]> answer) throws PollFailure {
    int status = answer.statusCode();
    if (status == 200) {
      return answer.body();
    }
    Failure reason =
        switch (status) {
          case UNAUTHORIZED -> Failure.UNAUTHORIZED;
          case 403 -> Failure.FORBIDDEN;
          case 404 -> Failure.NOT_FOUND;
          case 429 -> Failure.RATE_LIMITED;
          default -> status >= 500 ? Failure.SERVER_ERROR : Failure.UNEXPECTED_STATUS;
        };
    Integer code = TwilioAnswer.errorCode(answer.body());
    String message = "Twilio answered " + status + (code == null ? "" : " (error " + code + ")");
    throw new PollFailure(reason, message, retryAfter(answer.headers()));
  }

  /** Seconds or a date (RFC 9110, 10.2.3); null where it says neither. */
  private Duration retryAfter(HttpHeaders headers) {
    String text = headers.firstValue("Retry-After").orElse("");
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant when = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return Duration.between(times.clock.instant(), when);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Ends what is being asked. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
