package io.busyhour.projection.meters.platform;

import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.DipQuery;
import io.busyhour.event.PlatformEvent.DipStatus;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import java.sql.Connection;

/** How long look-ups of numbers took; one whose time is not known is not in here. */
public final class DipFold implements Fold {
  private static final double[] MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2000};

  private final HistogramFamily lrn;
  private final HistogramFamily cic;
  private final HistogramFamily cnam;

  /** Registers the families. */
  public DipFold(Meters meters) {
    lrn =
        meters.histogram(
            "warp_lrn_dip_latency_milliseconds",
            "Look-ups of location routing numbers.",
            MILLIS,
            "provider",
            "status");
    cic =
        meters.histogram(
            "warp_cic_dip_latency_milliseconds",
            "Look-ups of carrier identification codes.",
            MILLIS,
            "status");
    cnam =
        meters.histogram(
            "warp_cnam_dip_latency_milliseconds",
            "Look-ups of caller names.",
            MILLIS,
            "provider",
            "status");
  }

  /** All series are there from the first moment, so that rate() sees their first increment. */
  @Override
  public void restore(Connection transaction) {
    for (DipStatus status : DipStatus.values()) {
      cic.keep(Words.of(status));
    }
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    if (!(occurrence.event() instanceof DipQuery said)) {
      return;
    }
    switch (said.dipType()) {
      case LRN -> observe(lrn, said);
      case CNAM -> observe(cnam, said);
      case CIC -> {
        if (said.latencyMs() != null) {
          cic.observe(said.latencyMs(), Words.of(said.status()));
        }
      }
    }
  }

  private static void observe(HistogramFamily family, DipQuery said) {
    for (DipStatus status : DipStatus.values()) {
      family.touch(said.provider(), Words.of(status));
    }
    if (said.latencyMs() != null) {
      family.observe(said.latencyMs(), said.provider(), Words.of(said.status()));
    }
  }
}
