package io.busyhour.deliver.send;

import io.busyhour.deliver.subscription.Secret;
import io.busyhour.deliver.subscription.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Sends by HTTP/1.1, signed by Standard Webhooks 1.0.0. The status decides as soon as it is there:
 * what goes wrong in the body after it changes nothing, as the standard takes any 2xx for a
 * delivery. No attempt outlasts its time while no more than {@link SendSettings#connections} are
 * made at a time; a further one waits for a connection first, at most as long again.
 */
public final class HttpSender implements Sender {
  private static final ContentType JSON = ContentType.create("application/json");
  // Reading a short rest is cheaper than a new connection, and a long one is not.
  private static final int MOST_BYTES = 64 * 1024;
  private static final String BUILD = "/busyhour-build.properties";

  private final Duration timeout;
  private final InstantSource clock;
  private final Names names;
  private final CloseableHttpClient http;
  private final ScheduledThreadPoolExecutor ends;

  /**
   * Sends with the system's clock and names, and with the certificates that Java trusts.
   *
   * @throws IllegalArgumentException if a network that the settings allow is none
   */
  public HttpSender(SendSettings settings) {
    this(settings, InstantSource.system(), InetAddress::getAllByName, SSLContexts.createDefault());
  }

  HttpSender(SendSettings settings, InstantSource clock, Names.Lookup lookup, SSLContext tls) {
    this.timeout = settings.timeout();
    this.clock = clock;
    this.names = new Names(lookup, new AddressPolicy(settings), timeout);
    this.http = Connections.client(settings, names, tls, "Busyhour/" + version());
    this.ends =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("webhook-ends").daemon().factory());
    ends.setRemoveOnCancelPolicy(true);
  }

  private static String version() {
    Properties build = new Properties();
    try (InputStream in = HttpSender.class.getResourceAsStream(BUILD)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(BUILD + " cannot be read", e);
    }
    return build.getProperty("version");
  }

  @Override
  public Answer send(Subscription subscription, String deliveryId, String payload) {
    long begin = System.nanoTime();
    Instant now = clock.instant();
    if (Targets.form(subscription.url()).isPresent()) {
      return Answer.none(Failure.BAD_URL, since(begin));
    }
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    String signature = signature(subscription, deliveryId, now, body);
    if (signature.isEmpty()) {
      return Answer.none(Failure.NO_SECRET, since(begin));
    }
    HttpPost request = new HttpPost(subscription.url());
    request.setHeader("webhook-id", deliveryId);
    request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
    request.setHeader("webhook-signature", signature);
    request.setEntity(new ByteArrayEntity(body, JSON));
    return exchange(request, secrets(subscription, signature), begin);
  }

  private static String signature(
      Subscription subscription, String deliveryId, Instant now, byte[] body) {
    try {
      return Signature.of(subscription.secrets(), deliveryId, now, body);
    } catch (IllegalArgumentException e) {
      return ""; // a secret is no key; its text must not be told
    }
  }

  /** What an answer must not bring into the dead letters. */
  private static List<String> secrets(Subscription subscription, String signature) {
    List<String> secrets = new ArrayList<>(Arrays.asList(signature.split(" ")));
    subscription.secrets().stream().map(Secret::text).forEach(secrets::add);
    return secrets;
  }

  private Answer exchange(HttpPost request, List<String> secrets, long begin) {
    Future<?> end = null;
    try {
      // Closes the connection, which wakes whoever connects, reads or writes.
      end = ends.schedule(request::cancel, timeout.toNanos(), TimeUnit.NANOSECONDS);
      ClassicHttpResponse response = http.executeOpen(target(request), request, null);
      try {
        return answer(response, excerpt(request, response.getEntity(), secrets), begin);
      } finally {
        Closer.closeQuietly(response);
      }
    } catch (IOException | RuntimeException e) {
      Duration took = since(begin);
      return Answer.none(took.compareTo(timeout) >= 0 ? Failure.TIMEOUT : Failure.of(e), took);
    } finally {
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  private static HttpHost target(HttpPost request) {
    return new HttpHost(
        request.getScheme(),
        request.getAuthority().getHostName(),
        request.getAuthority().getPort());
  }

  /** The beginning of the body; a rest that is short is read so that the connection is kept. */
  private static String excerpt(HttpPost request, HttpEntity entity, List<String> secrets) {
    if (entity == null) {
      return null;
    }
    byte[] first = new byte[Excerpt.LOOKED_AT];
    int length = 0;
    try {
      InputStream in = entity.getContent();
      for (int n = 0; n >= 0 && length < first.length; length += Math.max(n, 0)) {
        n = in.read(first, length, first.length - length);
      }
      in.skip(MOST_BYTES);
      if (in.read() >= 0) {
        request.cancel();
      }
    } catch (IOException e) {
      request.cancel(); // what was read stands, and the connection is of no more use
    }
    return Excerpt.of(first, length, secrets);
  }

  private Answer answer(ClassicHttpResponse response, String excerpt, long begin) {
    Header retryAfter = response.getFirstHeader("retry-after");
    Header delivery = response.getFirstHeader("webhook-delivery");
    return new Answer(
        response.getCode(),
        since(begin),
        null,
        excerpt,
        retryAfter == null ? null : RetryAfter.of(retryAfter.getValue(), clock.instant()),
        delivery != null && delivery.getValue().strip().equalsIgnoreCase("abort-message"));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() {
    http.close(CloseMode.IMMEDIATE);
    ends.shutdown();
    names.close();
  }
}
