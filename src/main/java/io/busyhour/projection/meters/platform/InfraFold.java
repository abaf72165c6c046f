package io.busyhour.projection.meters.platform;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.Database;
import io.busyhour.event.PlatformEvent.Health;
import io.busyhour.event.PlatformEvent.Kamailio;
import io.busyhour.event.PlatformEvent.Redis;
import io.busyhour.event.PlatformEvent.Rtpengine;
import io.busyhour.event.PlatformEvent.TrunkUpdated;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the machines of a platform say of themselves: of each figure, the latest by event time. */
public final class InfraFold implements Fold {
  private static final int HEALTHS = 8;

  private final GaugeFamily health;
  private final GaugeFamily sessions;
  private final GaugeFamily capacity;
  private final GaugeFamily connections;
  private final GaugeFamily connectionsMax;
  private final GaugeFamily memory;
  private final GaugeFamily channelLimit;

  /** Registers the families. */
  public InfraFold(Meters meters) {
    health =
        meters.gauge(
            "warp_kamailio_health",
            "1 for the present status of a SIP proxy, 0 for the others.",
            "node",
            "status");
    sessions =
        meters.gauge(
            "warp_rtpengine_sessions_active", "Sessions that a media proxy carries.", "node");
    capacity =
        meters.gauge(
            "warp_rtpengine_capacity_percentage", "How much of a media proxy is in use.", "node");
    connections =
        meters.gauge(
            "warp_db_connections_active",
            "Connections that a service holds.",
            "service",
            "database");
    connectionsMax =
        meters.gauge(
            "warp_db_connections_max",
            "Connections that a service may hold.",
            "service",
            "database");
    memory = meters.gauge("warp_redis_memory_used_bytes", "What a Redis uses.", "node", "db");
    channelLimit =
        meters.gauge(
            "warp_trunk_channel_limit", "Calls that a trunk may carry.", "trunk", "provider");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    long rank = rank(occurrence.time());
    switch (occurrence.event()) {
      case Kamailio e -> on(e, rank);
      case Rtpengine e -> {
        set(sessions, e.sessions(), rank, e.node());
        set(capacity, e.capacityPercent(), rank, e.node());
      }
      case Database e -> {
        set(connections, e.connections(), rank, e.service(), e.database());
        set(connectionsMax, e.connectionsMax(), rank, e.service(), e.database());
      }
      case Redis e -> set(memory, e.memoryBytes(), rank, e.node(), e.db());
      case TrunkUpdated e -> set(channelLimit, e.channelLimit(), rank, e.trunk(), e.provider());
      case CallEvent e when e.beginning().trunk() != null -> carries(e.beginning());
      default -> {
        // No machine's.
      }
    }
  }

  /** What a trunk may carry is said once: it holds while the trunk carries calls. */
  private void carries(CallEvent.Beginning call) {
    channelLimit.heardOf(call.trunk(), null);
    channelLimit.heardOf(call.trunk(), call.provider());
  }

  private static long rank(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Of two statements of one moment the worse stands, for all three series alike. */
  private void on(Kamailio said, long rank) {
    long withHealth = rank * HEALTHS + badness(said.status());
    for (Health status : Health.values()) {
      health.set(status == said.status() ? 1 : 0, withHealth, said.node(), Words.of(status));
    }
  }

  private static int badness(Health health) {
    return switch (health) {
      case HEALTHY -> 1;
      case DEGRADED -> 2;
      case UNHEALTHY -> 3;
    };
  }

  private static void set(GaugeFamily family, Number value, long rank, String... labels) {
    if (value != null) {
      family.set(value.doubleValue(), rank, labels);
    }
  }
}
