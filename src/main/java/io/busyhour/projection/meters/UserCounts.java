package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** How many rows each user has; one who has none any more is shown with 0 until idle. */
final class UserCounts {
  private record Count(long rows, Instant heardOf) {
    Count plus(Count more) {
      Instant later = heardOf.isAfter(more.heardOf) ? heardOf : more.heardOf;
      return new Count(rows + more.rows, later);
    }

    boolean isShown(Instant since) {
      return rows > 0 || !heardOf.isBefore(since);
    }
  }

  private final int limit;
  private final Map<String, Count> counts = new TreeMap<>();

  /**
   * @param limit how many users are shown by name; the others together as {@code __other__}
   */
  UserCounts(int limit) {
    this.limit = limit;
  }

  void clear() {
    counts.clear();
  }

  /** Adds rows, or takes them away; a user is heard of by 0 rows too. */
  void add(String userId, long rows, Instant when) {
    counts.merge(userId == null ? "" : userId, new Count(rows, when), Count::plus);
  }

  /** Forgets who has no rows and was not heard of since a time. */
  void forgetIdle(Instant since) {
    counts.values().removeIf(count -> !count.isShown(since));
  }

  /** Adds the users to a family, without those who would be forgotten. */
  void show(GaugeSnapshot.Builder family, Instant since) {
    long named = 0;
    long others = 0;
    for (Map.Entry<String, Count> user : counts.entrySet()) {
      if (!user.getValue().isShown(since)) {
        continue;
      }
      if (named++ < limit - 1) {
        family.dataPoint(point(user.getKey(), user.getValue().rows()));
      } else {
        others += user.getValue().rows();
      }
    }
    if (named > limit - 1) {
      family.dataPoint(point(Meters.OTHER, others));
    }
  }

  private static GaugeDataPointSnapshot point(String user, long count) {
    return GaugeDataPointSnapshot.builder()
        .labels(Labels.of("user_id", user))
        .value((double) count)
        .build();
  }
}
