package io.busyhour.serve.scrape;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the start of the server plugs into the scrape.
 *
 * @param saving is asked before a snapshot is taken, one scrape at a time; what it gives is run
 *     before any of the snapshot is shown, and saves every series that changed, so that nothing
 *     that was seen is lost. A scrape for which it fails is refused
 * @param waiting one sentence for as long as the figures are not complete, so that no counter is
 *     seen below an earlier scrape; empty afterwards
 * @param guard decides who may scrape
 */
public record Scrape(Supplier<Runnable> saving, Supplier<Optional<String>> waiting, Guard guard) {

  /** Decides who may scrape. */
  @FunctionalInterface
  public interface Guard {
    /**
     * The refusal of a request, or nothing when it may pass.
     *
     * @param header gives the value of a request header by its name
     */
    Optional<Refused> check(Function<String, Optional<String>> header);
  }

  /**
   * An answer that is not a scrape.
   *
   * @param status of HTTP
   * @param headers such as {@code WWW-Authenticate} or {@code Retry-After}
   * @param error the reason, from the closed list
   * @param message one sentence that the caller can act on
   */
  public record Refused(int status, Map<String, String> headers, String error, String message) {}
}
