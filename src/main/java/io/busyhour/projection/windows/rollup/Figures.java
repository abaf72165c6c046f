package io.busyhour.projection.windows.rollup;

import io.busyhour.event.Outcome;
import io.busyhour.projection.windows.sliding.Bucket;
import java.math.BigDecimal;

/**
 * The figures of a group of calls. A rate, an average or a percentile of nothing is null; rates are
 * 0 to 1, talk times seconds. Percentiles, the least and the largest are those of completed calls,
 * to a relative error of 1 %; counts, sums and averages are exact.
 */
public final class Figures {
  private final Bucket bucket = new Bucket(Figure.COUNT);

  Figures() {}

  void add(Bucket other) {
    bucket.add(other);
  }

  /** How many of its calls there are of a kind. */
  public long count(Figure figure) {
    return bucket.count(figure.place());
  }

  /** How many have ended by themselves: what rates are of. */
  public long ended() {
    long ended = -count(Figure.REAPED);
    for (Outcome outcome : Outcome.values()) {
      ended += count(Figure.of(outcome));
    }
    return ended;
  }

  /** Completed of those that ended by themselves. */
  public Double successRate() {
    return rate(count(Figure.COMPLETED), ended());
  }

  /** Those with a transcript, of those whose sender says whether there is one. */
  public Double transcriptRate() {
    return rate(count(Figure.TRANSCRIPT), count(Figure.TRANSCRIPT_KNOWN));
  }

  /** Answer-seizure ratio (ITU-T E.425), of those that ended by themselves. */
  public Double asr() {
    return rate(count(Figure.ANSWERED), ended());
  }

  /** Network effectiveness ratio (ITU-T E.425), of those that ended by themselves. */
  public Double ner() {
    return rate(count(Figure.EFFECTIVE), ended());
  }

  /** Average talk time of the answered ones, in seconds. */
  public Double acd() {
    return average(Samples.TALK_SECONDS, Figure.TALKED);
  }

  /** Average mean opinion score, 1 to 5. */
  public Double mos() {
    return average(Samples.MOS, Figure.MOS);
  }

  /** Average share of packets that were lost, 0 to 1. */
  public Double loss() {
    return average(Samples.LOSS, Figure.LOSS);
  }

  /** How many completed calls there are whose talk time is known. */
  public long talks() {
    return count(Figure.TIMED);
  }

  /** The talk time of all completed calls together, exact, in seconds. */
  public BigDecimal talkSeconds() {
    return bucket.sum();
  }

  /** The average talk time of completed calls, in seconds. */
  public Double averageTalk() {
    return talks() == 0 ? null : bucket.sum().doubleValue() / talks();
  }

  /**
   * The talk time that this share, 0 to 1, of the completed calls does not exceed, in seconds; null
   * where only counts were read, too.
   */
  public Double talk(double share) {
    return bucket.values() == 0 ? null : bucket.quantile(share);
  }

  private Double average(int amount, Figure samples) {
    long n = count(samples);
    return n == 0 ? null : bucket.amount(amount).doubleValue() / n;
  }

  private static Double rate(long some, long all) {
    return all == 0 ? null : (double) some / all;
  }
}
