package io.busyhour.receive;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the doors may be told.
 *
 * @param maxBytes the largest body of one event, and the largest event of a batch, in bytes
 * @param maxBatchBytes the largest body of a batch, in bytes
 * @param publicUrl how senders see this server, such as {@code https://metrics.example.org}; what
 *     they sign begins with it
 * @param trustForwarded whether X-Forwarded-Proto, -Host and -Port say which URL was requested:
 *     only behind a proxy that always sets them
 */
public record ReceiveSettings(
    int maxBytes, int maxBatchBytes, Optional<String> publicUrl, boolean trustForwarded) {
  private static final int MIB = 1024 * 1024;
  private static final int SMALLEST = 1024;
  private static final int LARGEST = 256 * MIB;

  /** What holds where nothing is said: 1 MiB, 16 MiB, no public URL, no trust in a proxy. */
  public static final ReceiveSettings DEFAULTS =
      new ReceiveSettings(MIB, 16 * MIB, Optional.empty(), false);

  /**
   * Checks all values.
   *
   * @throws IllegalArgumentException with a line for each fault
   */
  public ReceiveSettings {
    List<String> faults = new ArrayList<>();
    checkBytes("busyhour.receive.max-bytes", maxBytes, faults);
    checkBytes("busyhour.receive.max-batch-bytes", maxBatchBytes, faults);
    if (faults.isEmpty() && maxBatchBytes < maxBytes) {
      faults.add(
          "busyhour.receive.max-batch-bytes: \"%d\" (expected: at least max-bytes, %d)"
              .formatted(maxBatchBytes, maxBytes));
    }
    publicUrl.filter(url -> !isBase(url)).ifPresent(url -> faults.add(badUrl()));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    publicUrl = publicUrl.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  private static void checkBytes(String key, int value, List<String> faults) {
    if (value < SMALLEST || value > LARGEST) {
      faults.add("%s: \"%d\" (expected: 1KiB to 256MiB)".formatted(key, value));
    }
  }

  /** The value is left out: it may have a password in it. */
  private static String badUrl() {
    return "busyhour.public-url: (expected: a URL such as https://metrics.example.org, http or"
        + " https, with a host and neither query nor fragment)";
  }

  private static boolean isBase(String url) {
    try {
      URI uri = URI.create(url);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** All but the public URL, which may have a password in it. */
  @Override
  public String toString() {
    return "ReceiveSettings[maxBytes=%d, maxBatchBytes=%d, trustForwarded=%b]"
        .formatted(maxBytes, maxBatchBytes, trustForwarded);
  }
}
