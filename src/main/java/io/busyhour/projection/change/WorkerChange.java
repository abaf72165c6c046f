package io.busyhour.projection.change;

import java.time.Instant;

/**
 * What a heartbeat did to what is known of an outside webhook worker.
 *
 * @param after the worker as of its latest heartbeat
 */
public record WorkerChange(Worker after) implements Change {

  /**
   * A worker by its latest heartbeat; absent figures are null.
   *
   * @param heartbeatAt when it said so, by its own clock
   * @param seenAt the same, but never later than it was received: a clock that is ahead keeps
   *     nobody alive
   */
  public record Worker(
      String workerId,
      Instant heartbeatAt,
      Instant seenAt,
      Double uptimeSeconds,
      Integer queueSize,
      Double oldestAgeSeconds) {}
}
