package io.busyhour.receive.livekit;

import io.busyhour.event.Outcome;

/**
 * Why somebody left a room: LiveKit's DisconnectReason, and what it means for a call.
 *
 * @param outcome how the call ended, where the reason tells; else whether it had been taken decides
 * @param errorType why it failed, or null
 * @param source which side let go
 * @param isOver whether this was an end at all
 * @param mayComeBack whether the same call may be in the room again at once
 */
record Ending(
    Outcome outcome, String errorType, Source source, boolean isOver, boolean mayComeBack) {

  /** Which side let go. */
  enum Source {
    /** The other end of the line. */
    FAR_SIDE,
    /** LiveKit, or who commands it. */
    SYSTEM,
    /** Nothing tells. */
    UNKNOWN
  }

  /** What a reason means; the words of LiveKit's livekit_models.proto. */
  static Ending of(String reason) {
    return switch (reason) {
      case "USER_REJECTED" -> refused(Outcome.BUSY, null);
      case "USER_UNAVAILABLE" -> refused(Outcome.NO_ANSWER, null);
      case "CONNECTION_TIMEOUT" -> refused(Outcome.TIMEOUT, "timeout");
      case "SIP_TRUNK_FAILURE" -> refused(Outcome.FAILED, "sip_trunk_failure");
      case "MEDIA_FAILURE" -> refused(Outcome.FAILED, "media_failure");
      case "JOIN_FAILURE" -> refused(Outcome.FAILED, "join_failure");
      case "AGENT_ERROR" -> refused(Outcome.FAILED, "agent_error");
      // The client is the SIP bridge, which leaves when the line was hung up.
      case "CLIENT_INITIATED" -> letGo(Source.FAR_SIDE);
      case "ROOM_DELETED", "ROOM_CLOSED", "PARTICIPANT_REMOVED", "SERVER_SHUTDOWN" ->
          letGo(Source.SYSTEM);
      // The line goes on from another server: nobody joins then, as LiveKit announces it.
      case "MIGRATION" -> new Ending(null, null, Source.UNKNOWN, false, true);
      // The bridge lost its connection to the room, and may be there by another one.
      case "STATE_MISMATCH", "SIGNAL_CLOSE", "DUPLICATE_IDENTITY" ->
          new Ending(null, null, Source.UNKNOWN, true, true);
      // UNKNOWN_REASON, none, and what LiveKit may add.
      default -> letGo(Source.UNKNOWN);
    };
  }

  private static Ending refused(Outcome outcome, String errorType) {
    return new Ending(outcome, errorType, Source.UNKNOWN, true, false);
  }

  private static Ending letGo(Source source) {
    return new Ending(null, null, source, true, false);
  }

  /** Whether it is certain that the call is over. */
  boolean isLast() {
    return isOver && !mayComeBack;
  }
}
