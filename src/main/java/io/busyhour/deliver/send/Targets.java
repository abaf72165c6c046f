package io.busyhour.deliver.send;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Says at once whether a URL can be sent to, for whoever makes a subscription. Each attempt checks
 * again. For any thread.
 */
public final class Targets implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST = 2048;
  private static final int LAST_PORT = 65_535;

  private final Names names;

  /**
   * Decides by the settings.
   *
   * @throws IllegalArgumentException if what they allow is no network
   */
  public Targets(SendSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  Targets(SendSettings settings, Names.Lookup lookup) {
    names = new Names(lookup, new AddressPolicy(settings), PATIENCE);
  }

  /**
   * Why a URL cannot be sent to, as a rule to go by, or nothing. A name that has no address, or
   * whose name server does not answer, is not refused: it may have one later. Looks the name up, so
   * it may take some seconds.
   */
  public Optional<String> why(URI url) {
    Optional<String> form = form(url);
    if (form.isPresent()) {
      return form;
    }
    try {
      names.resolve(url.getHost());
    } catch (Names.Refused e) {
      return Optional.of("a host at a public address, or at one that the server's settings allow");
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The same without looking anything up. */
  static Optional<String> form(URI url) {
    String scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return Optional.of("a URL with http or https");
    }
    if (url.getHost() == null || url.getHost().contains("%") || url.getPort() > LAST_PORT) {
      return Optional.of("a URL with a host, and a port of at most " + LAST_PORT + " if any");
    }
    if (url.getPort() == 0) {
      return Optional.of("a URL with another port than 0");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("a URL without user name and password");
    }
    if (url.toString().length() > LONGEST) {
      return Optional.of("a URL of at most " + LONGEST + " characters");
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    names.close();
  }
}
