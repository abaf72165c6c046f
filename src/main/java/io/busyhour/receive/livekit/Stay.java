package io.busyhour.receive.livekit;

import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.RoomEvent.Kind;
import io.busyhour.event.field.Words;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a webhook says of somebody in a room. Of a call it is told at once; what follows from who
 * else was there is found out by those who remember the room.
 */
final class Stay {
  private static final String PROVIDER = "livekit";

  private final Participant participant;
  private final Said room;
  private final String roomId;
  private final RoomFacts facts;
  private final Instant time;
  private final Instant joinedAt;
  private final boolean isCall;
  private final List<Occurrence> told = new ArrayList<>();

  /** Somebody in a room, of whom something is said at a time. */
  Stay(Participant participant, Said room, RoomFacts facts, Instant time, Instant receipt) {
    this.participant = participant;
    this.room = room;
    this.roomId = room.text("sid");
    this.facts = facts;
    this.time = time;
    this.joinedAt = participant.joinedAt(receipt);
    this.isCall = participant.kind() == Kind.CALL;
  }

  /** Somebody came. */
  List<Occurrence> joined() {
    Instant at = joinedAt == null ? time : joinedAt;
    if (isCall) {
      EventData call = call();
      tell(EventType.CALL_INITIATED, at, call);
      if (participant.isUp()) {
        tell(EventType.CALL_TAKEN, at, call);
      }
    }
    enter(at, participant.callId(roomId));
    return told;
  }

  /** Others can hear somebody. LiveKit says no more of who that is than the id. */
  List<Occurrence> published() {
    seen();
    if (hasPlace()) {
      tell(EventType.ROOM_PUBLISHED, time, place());
    }
    return told;
  }

  /** Somebody is there: of a call it may be said in which state it is. */
  List<Occurrence> seen() {
    if (participant.hasStatus() && !participant.mayHaveJoinedAsAnother()) {
      EventData call = call();
      if (participant.isRinging()) {
        tell(EventType.CALL_RINGING, time, call);
      } else if (participant.isUp()) {
        tell(EventType.CALL_TAKEN, time, call);
      }
    }
    return told;
  }

  /** Somebody left. */
  List<Occurrence> left() {
    Ending ending = Ending.of(participant.reason());
    // The one is said in seconds, the other in milliseconds.
    Instant at = joinedAt != null && joinedAt.isAfter(time) ? joinedAt : time;
    Instant since = joinedAt == null ? at : joinedAt;
    if (isCall && hasPlace() && participant.mayHaveJoinedAsAnother()) {
      enter(since, null);
      if (ending.isLast()) {
        EventData end = participant.released(call(), ending).put("room_id", roomId);
        tell(EventType.ROOM_CALL_LEFT, at, end.put("participant_id", participant.sid()));
        return told;
      }
    } else {
      if (isCall) {
        end(ending, at);
      }
      enter(since, participant.callId(roomId));
    }
    if (ending.isOver() && hasPlace()) {
      tell(EventType.ROOM_LEFT, at, place());
    }
    return told;
  }

  private void end(Ending ending, Instant at) {
    EventData call = call();
    if (joinedAt != null) {
      tell(EventType.CALL_INITIATED, joinedAt, call);
    }
    if (!ending.isLast()) {
      return;
    }
    if (ending.outcome() == null || participant.isTwilios()) {
      // Twilio knows better how its call ended, and says so itself.
      tell(EventType.CALL_RELEASED, at, participant.released(call, ending));
    } else {
      EventData end = call.put("outcome", Words.of(ending.outcome()));
      tell(EventType.CALL_ENDED, at, end.put("error_type", ending.errorType()));
    }
  }

  private EventData call() {
    String callId = participant.callId(roomId);
    if (callId == null) {
      throw new Refusal(
          Reason.MISSING_FIELD, "A participant that is a call needs attributes, or room.sid.");
    }
    return facts.into(participant.call(callId));
  }

  private void enter(Instant at, String callId) {
    if (!hasPlace()) {
      return;
    }
    EventData member =
        place()
            .put("room_name", room.kept("name"))
            .put("kind", Words.of(participant.kind()))
            .put("speaks", participant.speaks() ? Boolean.TRUE : null)
            .put("provider", PROVIDER);
    if (isCall) {
      member.put("call_id", callId).put("direction", participant.way());
    }
    tell(EventType.ROOM_JOINED, at, facts.into(member));
  }

  private boolean hasPlace() {
    return roomId != null && participant.sid() != null;
  }

  private EventData place() {
    return new EventData().put("room_id", roomId).put("participant_id", participant.sid());
  }

  private void tell(EventType type, Instant at, EventData data) {
    told.add(data.happened(type, at));
  }
}
