package io.busyhour.projection.meters.carrier;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Quality;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.QualityChange;
import java.util.regex.Pattern;

/** How calls sound, by account and trunk; the calls themselves are exemplars. */
public final class QualityFold implements Fold {
  /** Names such as PCMU/8000; a text that may be anything, or anybody's number, is none. */
  private static final Pattern CODEC = Pattern.compile("(?!(?:.*\\d){7})[A-Za-z][\\w./-]{0,31}");

  private static final String OTHER_CODEC = "other";

  private final HistogramFamily loss;
  private final HistogramFamily jitter;
  private final HistogramFamily mos;

  /** Registers the families. */
  public QualityFold(Meters meters) {
    loss =
        meters.histogram(
            "warp_rtp_packet_loss_ratio",
            "Share of RTP packets lost, 0..1.",
            new double[] {0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2},
            "account",
            "trunk",
            "direction",
            "codec");
    jitter =
        meters.histogram(
            "warp_rtp_jitter_ms",
            "Interarrival jitter of RTP packets (RFC 3550).",
            new double[] {1, 5, 10, 20, 30, 50, 100, 200},
            "account",
            "trunk",
            "direction");
    mos =
        meters.histogram(
            "warp_mos_score",
            "Mean opinion score, 1..5: as reported, or by the E-model of ITU-T G.107.",
            new double[] {1, 2, 2.5, 3, 3.5, 3.6, 4, 4.3, 4.5},
            "account",
            "trunk",
            "direction");
  }

  @Override
  public void on(Change changed) {
    if (!(changed instanceof QualityChange change)) {
      return;
    }
    Beginning b = change.call().beginning();
    Quality q = change.quality();
    Direction way = q.direction() != null ? q.direction() : b.direction();
    String direction = way == null ? null : Words.of(way);
    Exemplar who = new Exemplar("call_id", q.callId(), change.time());
    if (q.packetLoss() != null) {
      loss.observe(q.packetLoss(), who, b.account(), b.trunk(), direction, codec(q.codec()));
    }
    if (q.jitterMs() != null) {
      jitter.observe(q.jitterMs(), who, b.account(), b.trunk(), direction);
    }
    if (q.mos() != null) {
      mos.observe(q.mos(), who, b.account(), b.trunk(), direction);
    }
  }

  private static String codec(String said) {
    return said == null || CODEC.matcher(said).matches() ? said : OTHER_CODEC;
  }
}
