package io.busyhour.projection.calls.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A recording that waits until it is known which room had the name that it was made under. */
@Entity(name = "WaitingRecording")
@Table(name = "waiting_recordings")
class WaitingRecording {
  @Id
  @Column(name = "recording_id")
  String id;

  @Column(name = "room_name")
  String roomName;

  @Column(name = "recorded_at")
  long recordedAt;

  long due;

  /** For the persistence provider. */
  protected WaitingRecording() {}

  WaitingRecording(String id, String roomName, long recordedAt, long due) {
    this.id = id;
    this.roomName = roomName;
    this.recordedAt = recordedAt;
    this.due = due;
  }
}
