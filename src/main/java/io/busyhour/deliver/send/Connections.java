package io.busyhour.deliver.send;

import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sets up the HTTP client: what it may do for whoever answers, and how long it keeps things. */
final class Connections {
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_HEADERS = 100;

  /**
   * A connection that is kept goes to an address that was checked when it was made, and no change
   * of the name can move it: what a name means is asked only for a new connection, and what is
   * allowed does not change while the process runs. So it is safe to use it without another check.
   * That it ends after some minutes lets a partner move to other addresses.
   */
  private static final TimeValue LIFE = TimeValue.ofMinutes(5);

  private static final TimeValue IDLE = TimeValue.ofSeconds(20);
  // A request that meets a connection that was closed is a failed attempt: looking first, which
  // costs a millisecond, is left out only where the last answer has just come.
  private static final TimeValue CLOSED_UNNOTICED = TimeValue.ofMilliseconds(200);

  private Connections() {}

  /** A client that follows nothing, keeps nothing and does nothing twice. */
  static CloseableHttpClient client(
      SendSettings settings, Names names, SSLContext tls, String userAgent) {
    return HttpClients.custom()
        .setConnectionManager(manager(settings, names, tls))
        .setDefaultRequestConfig(requests(settings))
        .setUserAgent(userAgent)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .disableContentCompression()
        .evictExpiredConnections()
        .evictIdleConnections(IDLE)
        .build();
  }

  private static RequestConfig requests(SendSettings settings) {
    Timeout timeout = Timeout.of(settings.timeout());
    return RequestConfig.custom()
        .setConnectionRequestTimeout(timeout)
        .setResponseTimeout(timeout)
        .setAuthenticationEnabled(false)
        .setRedirectsEnabled(false)
        .setContentCompressionEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static PoolingHttpClientConnectionManager manager(
      SendSettings settings, Names names, SSLContext tls) {
    Timeout timeout = Timeout.of(settings.timeout());
    Http1Config limits =
        Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(names)
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(limits)
                // The usual one skips lines that are no HTTP, and counts no headers.
                .responseParserFactory(new DefaultHttpResponseParserFactory(limits))
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout)
                .setSocketTimeout(timeout)
                .setTimeToLive(LIFE)
                .setValidateAfterInactivity(CLOSED_UNNOTICED)
                .build())
        // How many a partner may have is decided before: here, nobody else goes short.
        .setMaxConnPerRoute(settings.connections())
        .setMaxConnTotal(settings.connections())
        .build();
  }
}
