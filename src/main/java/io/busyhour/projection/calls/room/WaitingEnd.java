package io.busyhour.projection.calls.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Released;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.RoomEvent.CallLeft;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

/** The end of a call that waits until it is known under which id the call joined its room. */
@Entity(name = "WaitingEnd")
@Table(name = "waiting_ends")
class WaitingEnd {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  // All of it as JSON; the three before are of rows that were written without.
  String said;

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
    try {
      this.said = JSON.writeValueAsString(Occurrence.of(Instant.EPOCH, said.released()).data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the end of a call cannot be written", e);
    }
  }

  Released released() {
    if (said != null) {
      return read();
    }
    return new Released(callId, outcome, null, hangupSource, wasTaken, Beginning.UNKNOWN);
  }

  private Released read() {
    try {
      return (Released)
          EventType.CALL_RELEASED.read(
              JSON.readValue(said, new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the end of a call cannot be read", e);
    }
  }
}
