package io.busyhour.event;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.field.Fields;

/**
 * Who was when in a room in which calls meet people and agents. What it means for those calls
 * follows from all of them together. Only doors make these.
 */
public sealed interface RoomEvent extends Event {

  /** The room's id, 1 to 128 characters; null where only its name was said. */
  String roomId();

  /** What somebody in a room is. */
  enum Kind {
    /** A call from or to the telephone network. */
    CALL,
    /** A person who is there without one. */
    USER,
    /** An agent: a program that talks. */
    AGENT,
    /** Somebody of another kind. */
    OTHER,
    /** What records the room or plays into it. */
    MACHINE
  }

  /**
   * {@code room.joined}: somebody is in the room since this time.
   *
   * @param roomName the room's name: other rooms had it before, and will have it
   * @param participantId who joined: a new id each time
   * @param callId the call that joined; null unless it is one
   * @param direction which way that call goes
   * @param speaks whether audio can be heard of it, where it is not known since when
   * @param provider the platform of the room
   * @param userId the user that the room is for
   * @param campaignId the campaign that the room is for
   */
  record Joined(
      String roomId,
      String roomName,
      String participantId,
      Kind kind,
      String callId,
      Direction direction,
      Boolean speaks,
      String provider,
      String userId,
      String campaignId)
      implements RoomEvent {
    static Joined read(Fields f) {
      return new Joined(
          f.need("room_id").id(),
          f.maybe("room_name").address(),
          f.need("participant_id").id(),
          f.need("kind").oneOf(Kind.class),
          f.maybe("call_id").id(),
          f.maybe("direction").oneOf(Direction.class),
          f.maybe("speaks").flag(),
          f.maybe("provider").text(),
          f.maybe("user_id").text(),
          f.maybe("campaign_id").text());
    }

    @Override
    public EventType type() {
      return EventType.ROOM_JOINED;
    }
  }

  /** {@code room.published}: from this time on others can hear somebody. */
  record Published(String roomId, String participantId) implements RoomEvent {
    static Published read(Fields f) {
      return new Published(f.need("room_id").id(), f.need("participant_id").id());
    }

    @Override
    public EventType type() {
      return EventType.ROOM_PUBLISHED;
    }
  }

  /** {@code room.left}: somebody is in the room no more. */
  record Left(String roomId, String participantId) implements RoomEvent {
    static Left read(Fields f) {
      return new Left(f.need("room_id").id(), f.need("participant_id").id());
    }

    @Override
    public EventType type() {
      return EventType.ROOM_LEFT;
    }
  }

  /**
   * {@code room.call_left}: a call is in the room no more. The id that is said of it here may be
   * another than when it joined, which is the one that counts.
   *
   * @param released what is said of the call's end
   */
  record CallLeft(String roomId, String participantId, CallEvent.Released released)
      implements RoomEvent {
    static CallLeft read(Fields f) {
      return new CallLeft(
          f.need("room_id").id(), f.need("participant_id").id(), CallEvent.Released.read(f));
    }

    @Override
    public EventType type() {
      return EventType.ROOM_CALL_LEFT;
    }
  }

  /** {@code room.finished}: nobody is in the room any more. */
  record Finished(String roomId) implements RoomEvent {
    static Finished read(Fields f) {
      return new Finished(f.need("room_id").id());
    }

    @Override
    public EventType type() {
      return EventType.ROOM_FINISHED;
    }
  }

  /**
   * {@code room.recorded}: there is a recording of what was said in the room.
   *
   * @param roomId the room; null where only its name was said
   * @param roomName the room's name
   */
  record Recorded(String roomId, String roomName, String recordingId) implements RoomEvent {
    static Recorded read(Fields f) {
      return new Recorded(
          f.maybe("room_id").id(), f.maybe("room_name").address(), f.need("recording_id").id());
    }

    @Override
    public EventType type() {
      return EventType.ROOM_RECORDED;
    }
  }
}
