package io.busyhour.journal;

import java.time.Duration;

/**
 * The limits of a journal. Where it counts events, one of more than {@link #EVENT_CHARS} characters
 * of JSON counts for several.
 *
 * @param maxWaiting how many events may wait to be committed before more are refused
 * @param maxGroup how many events one transaction takes at most, if more than one append waits
 * @param recent how many events stay in memory for those who read near the tip
 * @param maxSources how many sources the ledger tells apart; the rest are one line
 * @param idleCommit how often the time of the tip and the refusals are committed while nothing else
 *     is
 * @param powerSafe whether an H2 file is forced to the disk before an append returns; PostgreSQL
 *     does so by itself
 */
public record JournalSettings(
    int maxWaiting,
    int maxGroup,
    int recent,
    int maxSources,
    Duration idleCommit,
    boolean powerSafe) {

  /** The JSON that one event may have before it counts for several, in characters. */
  static final int EVENT_CHARS = 1_024;

  /** What is used where nothing is set. */
  public static final JournalSettings DEFAULT =
      new JournalSettings(50_000, 5_000, 20_000, 10_000, Duration.ofSeconds(1), true);

  /** All limits are positive. */
  public JournalSettings {
    positive("maxWaiting", maxWaiting);
    positive("maxGroup", maxGroup);
    positive("recent", recent);
    positive("maxSources", maxSources);
    positive("idleCommit", idleCommit.toMillis());
  }

  /** These settings with another number of sources that the ledger tells apart. */
  public JournalSettings withMaxSources(int sources) {
    return new JournalSettings(maxWaiting, maxGroup, recent, sources, idleCommit, powerSafe);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
    }
  }
}
