package io.busyhour.cli.simulate;

import io.busyhour.cli.remote.Receipt;
import java.time.Duration;
import java.util.Locale;

/**
 * What a simulation sent so far, and what the server made of it.
 *
 * @param elapsed how long it has been going on
 * @param behind how late the last event was sent; 0 when as fast as possible was asked for
 * @param firstRejection why the first rejected event was rejected, or null
 */
public record Totals(
    Duration elapsed,
    long sent,
    long accepted,
    long duplicates,
    long rejected,
    Duration behind,
    String firstRejection) {
  static final Totals NONE = new Totals(Duration.ZERO, 0, 0, 0, 0, Duration.ZERO, null);

  Totals plus(int batch, Receipt receipt, Duration elapsedNow, Duration behindNow) {
    String first =
        firstRejection == null && !receipt.rejected().isEmpty()
            ? receipt.rejected().getFirst().message()
            : firstRejection;
    return new Totals(
        elapsedNow,
        sent + batch,
        accepted + receipt.accepted(),
        duplicates + receipt.duplicates(),
        rejected + receipt.rejected().size(),
        behindNow,
        first);
  }

  /** One line for people. */
  public String line() {
    double seconds = Math.max(elapsed.toMillis() / 1_000.0, 0.001);
    return String.format(
        Locale.ROOT,
        "%6.0f s: sent %,d (%,.0f/s), accepted %,d, duplicates %,d, rejected %,d%s",
        seconds,
        sent,
        sent / seconds,
        accepted,
        duplicates,
        rejected,
        behind.toSeconds() > 0 ? ", " + behind.toSeconds() + " s behind" : "");
  }
}
