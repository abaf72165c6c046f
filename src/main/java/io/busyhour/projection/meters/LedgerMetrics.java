package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import io.busyhour.journal.LedgerLine;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * The ledger as metrics: received = accepted + duplicate + rejected for each source, as committed.
 */
public final class LedgerMetrics {
  private static final double MILLIS = 1000;

  private final Journal journal;

  /** Registers the families. */
  public LedgerMetrics(Meters meters, Journal journal) {
    this.journal = journal;
    meters.computed("busyhour_events_received_total", this::received);
    meters.computed("busyhour_events_rejected_total", this::rejected);
    meters.computed("busyhour_source_last_event_timestamp_seconds", this::lastEvents);
  }

  private MetricSnapshot received() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("busyhour_events_received")
            .help("Deliveries received: accepted, duplicate and rejected ones.");
    for (LedgerLine line : journal.ledger()) {
      String source = line.source();
      family.dataPoint(count(line.accepted(), "source", source, "result", "accepted"));
      family.dataPoint(count(line.duplicates(), "source", source, "result", "duplicate"));
      family.dataPoint(count(sum(line), "source", source, "result", "rejected"));
    }
    return family.build();
  }

  private static long sum(LedgerLine line) {
    return line.rejected().values().stream().mapToLong(Long::longValue).sum();
  }

  private static CounterDataPointSnapshot count(long value, String... labels) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of(labels))
        .value((double) value)
        .build();
  }

  private MetricSnapshot rejected() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("busyhour_events_rejected")
            .help("Deliveries refused, by reason.");
    for (LedgerLine line : journal.ledger()) {
      line.rejected()
          .forEach(
              (reason, n) -> family.dataPoint(count(n, "source", line.source(), "reason", reason)));
    }
    return family.build();
  }

  private MetricSnapshot lastEvents() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("busyhour_source_last_event_timestamp_seconds")
            .help("The time of a source's latest event.");
    for (LedgerLine line : journal.ledger()) {
      if (line.lastEvent() != null) {
        family.dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of("source", line.source()))
                .value(line.lastEvent().toEpochMilli() / MILLIS)
                .build());
      }
    }
    return family.build();
  }
}
