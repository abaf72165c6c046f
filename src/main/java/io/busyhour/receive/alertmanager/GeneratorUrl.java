package io.busyhour.receive.alertmanager;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where an alert comes from, without what may be a secret: it is passed on to partners. */
final class GeneratorUrl {
  private static final int LONGEST = 2048;

  /** What Prometheus puts into the query: the rule's expression and how it is shown. */
  private static final Pattern OF_PROMETHEUS = Pattern.compile("g\\d{1,2}\\.\\w+=.*");

  private GeneratorUrl() {}

  /** The URL without user name, password and parameters of others; null if it is none. */
  static String shown(Object sent) {
    if (!(sent instanceof String text) || text.length() > LONGEST) {
      return null;
    }
    try {
      URI url = new URI(text).parseServerAuthority();
      boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!isWeb || url.getHost() == null) {
        return null;
      }
      String port = url.getPort() < 0 ? "" : ":" + url.getPort();
      return url.getScheme() + "://" + url.getHost() + port + url.getRawPath() + query(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String query(URI url) {
    if (url.getRawQuery() == null) {
      return "";
    }
    String kept =
        Arrays.stream(url.getRawQuery().split("&", -1))
            .filter(parameter -> OF_PROMETHEUS.matcher(parameter).matches())
            .collect(Collectors.joining("&"));
    return kept.isEmpty() ? "" : "?" + kept;
  }
}
