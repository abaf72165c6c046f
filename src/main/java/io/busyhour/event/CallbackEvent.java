package io.busyhour.event;

import io.busyhour.event.field.Fields;

/**
 * That a provider called back or a switch wrote a record, in their own words: it changes no call.
 * Only doors make these; nobody can send them.
 */
public sealed interface CallbackEvent extends Event {

  /**
   * {@code twilio.call_callback}: a voice status callback with Twilio's CallStatus.
   *
   * @param sequence which of the call's callbacks it is, from 0 on, in the order in which they were
   *     fired; null if that was not said
   */
  record TwilioCall(String account, String status, String callId, Integer sequence)
      implements CallbackEvent {
    static TwilioCall read(Fields f) {
      return new TwilioCall(
          f.maybe("account").text(),
          f.need("status").text(),
          f.maybe("call_id").id(),
          f.maybe("sequence").count(0, Limits.MANY));
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_CALL_CALLBACK;
    }
  }

  /** {@code twilio.message_callback}: a message status callback with Twilio's MessageStatus. */
  record TwilioMessage(String account, String status, String errorCode, String messageId)
      implements CallbackEvent {
    static TwilioMessage read(Fields f) {
      return new TwilioMessage(
          f.maybe("account").text(),
          f.need("status").text(),
          f.maybe("error_code").text(),
          f.maybe("message_id").id());
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_MESSAGE_CALLBACK;
    }
  }

  /** What a request of Twilio is about that says nothing of a call's state. */
  enum Kind {
    /** A voice webhook in the middle of a call: it asks what to do next. */
    WEBHOOK,
    /** A recording. */
    RECORDING,
    /** A conference. */
    CONFERENCE,
    /** An error or a warning of Twilio's debugger. */
    DEBUGGER,
    /** An event of Twilio's Event Streams that is about no call and no message. */
    EVENT
  }

  /** {@code twilio.other_callback}: was received, and is in no figure but the ledger's. */
  record TwilioOther(String account, Kind kind, String callId) implements CallbackEvent {
    static TwilioOther read(Fields f) {
      return new TwilioOther(
          f.maybe("account").text(), f.need("kind").oneOf(Kind.class), f.maybe("call_id").id());
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_OTHER_CALLBACK;
    }
  }

  /** What a record of a switch is about that says nothing of a call's state. */
  enum RecordKind {
    /** A SIP transaction within or outside of a call. */
    TRANSACTION,
    /** The media of a call, of which nothing was measured. */
    MEDIA
  }

  /** {@code switch.other_record}: was received, and is in no figure but the ledger's. */
  record SwitchOther(RecordKind kind, String callId) implements CallbackEvent {
    static SwitchOther read(Fields f) {
      return new SwitchOther(f.need("kind").oneOf(RecordKind.class), f.maybe("call_id").id());
    }

    @Override
    public EventType type() {
      return EventType.SWITCH_OTHER_RECORD;
    }
  }

  /** {@code livekit.other_callback}: was received, and is in no figure but the ledger's. */
  record LivekitOther(String event) implements CallbackEvent {
    static LivekitOther read(Fields f) {
      return new LivekitOther(f.need("event").text());
    }

    @Override
    public EventType type() {
      return EventType.LIVEKIT_OTHER_CALLBACK;
    }
  }
}
