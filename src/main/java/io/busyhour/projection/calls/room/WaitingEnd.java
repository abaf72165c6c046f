package io.busyhour.projection.calls.room;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Released;
import io.busyhour.event.Outcome;
import io.busyhour.event.RoomEvent.CallLeft;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The end of a call that waits until it is known under which id the call joined its room. */
@Entity(name = "WaitingEnd")
@Table(name = "waiting_ends")
class WaitingEnd {
  @Id
  @Column(name = "participant_id")
  String participantId;

  @Column(name = "room_id")
  String roomId;

  @Column(name = "call_id")
  String callId;

  String source;

  @Column(name = "left_at")
  long leftAt;

  @Column(name = "received_at")
  long receivedAt;

  @Enumerated(EnumType.STRING)
  Outcome outcome;

  @Column(name = "hangup_source")
  String hangupSource;

  @Column(name = "was_taken")
  Boolean wasTaken;

  /** For the persistence provider. */
  protected WaitingEnd() {}

  WaitingEnd(CallLeft said, String source, long leftAt, long receivedAt) {
    this.participantId = said.participantId();
    this.roomId = said.roomId();
    this.callId = said.released().callId();
    this.source = source;
    this.leftAt = leftAt;
    this.receivedAt = receivedAt;
    this.outcome = said.released().outcome();
    this.hangupSource = said.released().hangupSource();
    this.wasTaken = said.released().wasTaken();
  }

  Released released() {
    return new Released(callId, outcome, null, hangupSource, wasTaken, Beginning.UNKNOWN);
  }
}
