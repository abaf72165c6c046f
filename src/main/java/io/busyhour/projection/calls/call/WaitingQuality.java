package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Quality;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A report of quality that waits until its call's account and trunk are known. */
@Entity(name = "WaitingQuality")
@Table(name = "waiting_quality")
class WaitingQuality {
  @Id String id;

  @Column(name = "call_id")
  String callId;

  long due;

  @Column(name = "reported_at")
  long reportedAt;

  @Enumerated(EnumType.STRING)
  Direction direction;

  String codec;
  Double mos;

  @Column(name = "r_factor")
  Double rFactor;

  @Column(name = "jitter_ms")
  Double jitterMs;

  @Column(name = "packet_loss")
  Double packetLoss;

  @Column(name = "rtt_ms")
  Double rttMs;

  /** For the persistence provider. */
  protected WaitingQuality() {}

  WaitingQuality(String id, Quality quality, long reportedAt, long due) {
    this.id = id;
    this.callId = quality.callId();
    this.reportedAt = reportedAt;
    this.due = due;
    this.direction = quality.direction();
    this.codec = quality.codec();
    this.mos = quality.mos();
    this.rFactor = quality.rFactor();
    this.jitterMs = quality.jitterMs();
    this.packetLoss = quality.packetLoss();
    this.rttMs = quality.rttMs();
  }

  Quality quality() {
    return new Quality(callId, direction, codec, mos, rFactor, jitterMs, packetLoss, rttMs);
  }
}
