package io.busyhour.receive.livekit;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.RoomEvent.Kind;
import io.busyhour.event.field.Field;
import io.busyhour.event.field.Words;
import io.busyhour.receive.EventData;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who a webhook is about: a call where LiveKit's SIP bridge put it into the room. The attributes
 * are those of livekit/sip.
 */
final class Participant {
  private static final String PROVIDER = "livekit";
  private static final Pattern NUMBER = Pattern.compile("sip_(\\+?[0-9]{3,15})");

  private final Said said;
  private final Said attributes;

  Participant(Said said) {
    this.said = said;
    this.attributes = said.object("attributes");
  }

  String sid() {
    return said.text("sid");
  }

  String metadata() {
    return said.text("metadata");
  }

  /** When it joined, if that is said; it is in all that LiveKit says of a participant. */
  Instant joinedAt(Instant receipt) {
    Instant precise = said.millis("joinedAtMs", receipt);
    return precise == null ? said.seconds("joinedAt", receipt) : precise;
  }

  /** Why it left, in LiveKit's word. */
  String reason() {
    return said.word("disconnectReason");
  }

  /** Whether others can hear it, as far as can be told. */
  boolean speaks() {
    return said.is("isPublisher");
  }

  /** The kind; before LiveKit had kinds, what it may do told. */
  Kind kind() {
    Said may = said.object("permission");
    return switch (said.word("kind")) {
      case "SIP" -> Kind.CALL;
      case "AGENT" -> Kind.AGENT;
      case "EGRESS", "INGRESS" -> Kind.MACHINE;
      case "", "STANDARD", "CONNECTOR" -> {
        if (isNamedAsCall()) {
          yield Kind.CALL;
        }
        yield may.is("agent") ? Kind.AGENT : may.is("recorder") ? Kind.MACHINE : Kind.USER;
      }
      default -> Kind.OTHER;
    };
  }

  private boolean isNamedAsCall() {
    String identity = said.text("identity");
    return said.word("kind").isEmpty() && identity != null && identity.startsWith("sip_");
  }

  /** The call's state as it was then: dialing, ringing, automation, active, hangup, or empty. */
  private String status() {
    return attributes.word("sip.callStatus");
  }

  /** Whether the state of a call is said. */
  boolean hasStatus() {
    return !status().isEmpty();
  }

  /**
   * Whether a call that the bridge makes rang then. One that comes in rings before it is in a room,
   * so nothing here tells how long that took.
   */
  boolean isRinging() {
    return status().equals("ringing") && direction() != Direction.INBOUND;
  }

  /** Whether the call was up then. */
  boolean isUp() {
    return status().equals("active") || status().equals("automation");
  }

  boolean isTwilios() {
    return id("sip.twilio.callSid") != null;
  }

  /** Only a dispatch rule takes calls in; a trunk without one was dialed out on. */
  private Direction direction() {
    if (attributes.text("sip.ruleID") != null) {
      return Direction.INBOUND;
    }
    return attributes.text("sip.trunkID") != null ? Direction.OUTBOUND : null;
  }

  /**
   * The call's id. The bridge learns the Call-ID of a call that it makes only when that is
   * answered, so such a call has its own id in all that is said of it.
   */
  String callId(String roomId) {
    String full = id("sip.callIDFull");
    String own = id("sip.callID");
    Stream<String> ids =
        direction() == Direction.OUTBOUND ? Stream.of(own, full) : Stream.of(full, own);
    return Stream.concat(Stream.of(id("sip.twilio.callSid")), ids)
        .filter(each -> each != null)
        .findFirst()
        .orElse(roomId);
  }

  /**
   * Whether the call may have had another id when it joined: what Twilio answers to a call that the
   * bridge makes comes after that.
   */
  boolean mayHaveJoinedAsAnother() {
    return direction() == Direction.OUTBOUND && isTwilios() && id("sip.callID") != null;
  }

  private String id(String attribute) {
    String id = attributes.text(attribute);
    return id == null || id.length() > Field.MAX_ID || !Field.isPlain(id) ? null : id;
  }

  /** What is known of the call's beginning; the same in all that is said of it. */
  EventData call(String callId) {
    String far = farNumber();
    String ours = attributes.kept("sip.trunkPhoneNumber");
    boolean inbound = direction() == Direction.INBOUND;
    return new EventData()
        .put("call_id", callId)
        .put("account", attributes.kept("sip.twilio.accountSid"))
        .put("trunk", attributes.kept("sip.trunkID"))
        .put("provider", isTwilios() ? null : PROVIDER)
        .put("direction", way())
        .put("from", inbound ? far : ours)
        .put("to", inbound ? ours : far);
  }

  /** Without attributes the identity that the bridge makes has the number in it. */
  private String farNumber() {
    String number = attributes.kept("sip.phoneNumber");
    String identity = said.text("identity");
    if (number != null || identity == null) {
      return number;
    }
    Matcher matcher = NUMBER.matcher(identity);
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** The call's direction as a word, or null. */
  String way() {
    Direction direction = direction();
    return direction == null ? null : Words.of(direction);
  }

  /** What it says of the call that it left the room: the call was let go. */
  EventData released(EventData call, Ending ending) {
    String hangupSource =
        switch (ending.source()) {
          case FAR_SIDE -> farSide();
          case SYSTEM -> "system";
          case UNKNOWN -> null;
        };
    return call.put("outcome", ending.outcome() == null ? null : Words.of(ending.outcome()))
        .put("hangup_source", hangupSource)
        .put("was_taken", wasTaken() ? Boolean.TRUE : null);
  }

  private String farSide() {
    Direction direction = direction();
    return direction == null ? null : direction == Direction.INBOUND ? "caller" : "callee";
  }

  /**
   * Whether the state at the end shows that the call had been taken. The bridge says hangup also of
   * calls that come in and are given up while they ring; of those it makes, only when they were up.
   */
  private boolean wasTaken() {
    return isUp() || (status().equals("hangup") && direction() == Direction.OUTBOUND);
  }
}
