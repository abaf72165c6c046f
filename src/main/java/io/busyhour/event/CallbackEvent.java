package io.busyhour.event;

import io.busyhour.event.field.Fields;

/**
 * That a provider called back, in the provider's own words: it is counted, and changes no call.
 * Only doors make these; nobody can send them.
 */
public sealed interface CallbackEvent extends Event {

  /** {@code twilio.call_callback}: a voice status callback with Twilio's CallStatus. */
  record TwilioCall(String account, String status, String callId) implements CallbackEvent {
    static TwilioCall read(Fields f) {
      return new TwilioCall(
          f.maybe("account").text(), f.need("status").text(), f.maybe("call_id").id());
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
}
