package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Quality;
import java.util.Locale;
import java.util.Map;

/**
 * How a call sounds by what its packets met: the E-model of ITU-T G.107 with the simplified delay
 * impairment of Cole and Rosenbluth ("Voice over IP performance monitoring", 2001).
 */
final class EModel {
  private static final double BEST = 93.2;
  private static final double JITTER_BUFFER_MS = 10;
  private static final double KNEE_MS = 177.3;

  /** Equipment impairment and robustness against loss of ITU-T G.113, appendix I. */
  private record Codec(double ie, double bpl) {}

  private static final Codec G711 = new Codec(0, 25.1);
  private static final Map<String, Codec> CODECS =
      Map.ofEntries(
          Map.entry("PCMU", G711),
          Map.entry("PCMA", G711),
          Map.entry("G711", G711),
          Map.entry("G711U", G711),
          Map.entry("G711A", G711),
          Map.entry("G729", new Codec(10, 19)),
          Map.entry("G729A", new Codec(11, 19)),
          Map.entry("G729AB", new Codec(11, 19)),
          Map.entry("G723", new Codec(15, 16.1)),
          Map.entry("G7231", new Codec(15, 16.1)),
          Map.entry("ILBC", new Codec(11, 32)),
          Map.entry("GSMEFR", new Codec(5, 10)));

  private EModel() {}

  /**
   * The mean opinion score of a report, 1 to 4.5: as said, else by the R factor, else by jitter,
   * loss and round-trip time; null if one of these is not known either, or the codec is one that
   * the model has no figures for. A report that names no codec is taken to be of G.711.
   */
  static Double mos(Quality quality) {
    if (quality.mos() != null) {
      return quality.mos();
    }
    Double r = quality.rFactor() != null ? quality.rFactor() : rating(quality);
    return r == null ? null : Double.valueOf(mos(r));
  }

  private static Double rating(Quality q) {
    Codec codec = codec(q.codec());
    if (codec == null || q.jitterMs() == null || q.packetLoss() == null || q.rttMs() == null) {
      return null;
    }
    return rating(q.rttMs() / 2 + 2 * q.jitterMs() + JITTER_BUFFER_MS, q.packetLoss(), codec);
  }

  private static double rating(double delayMs, double loss, Codec codec) {
    double ofDelay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - KNEE_MS);
    double percent = loss * 100;
    double ofLoss = codec.ie() + (95 - codec.ie()) * percent / (percent + codec.bpl());
    return BEST - ofDelay - ofLoss;
  }

  /** ITU-T G.107, annex B; the formula dips below 1 for the worst ratings. */
  static double mos(double r) {
    if (r <= 0) {
      return 1;
    }
    return r >= 100 ? 4.5 : Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
  }

  private static Codec codec(String name) {
    if (name == null) {
      return G711;
    }
    // SDP writes PCMU/8000, others G.711u: what counts are letters and digits before the rate.
    String plain = name.replaceFirst("/.*", "").replaceAll("[^A-Za-z0-9]", "");
    return CODECS.get(plain.toUpperCase(Locale.ROOT));
  }
}
