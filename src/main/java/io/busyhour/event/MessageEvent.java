package io.busyhour.event;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.field.Fields;

/** What happens to a text message. */
public sealed interface MessageEvent extends Event {

  /** The message's id, 1 to 128 characters. */
  String messageId();

  /** The states of a message, in the order in which it passes through them. */
  enum Status {
    /** Accepted by the platform. */
    QUEUED,
    /** Handed to the carrier. */
    SENT,
    /** The handset has it. */
    DELIVERED,
    /** The carrier could not deliver it. */
    UNDELIVERED,
    /** The platform could not send it. */
    FAILED,
    /** The recipient opened it. */
    READ
  }

  /** {@code sms.sent}: a message began its way, or came in. */
  record Sent(
      String messageId,
      String account,
      String campaign,
      String brand,
      String carrier,
      Direction direction,
      Integer segments,
      String from,
      String to)
      implements MessageEvent {
    static Sent read(Fields f) {
      return new Sent(
          f.need("message_id").id(),
          f.maybe("account").text(),
          f.maybe("campaign").text(),
          f.maybe("brand").text(),
          f.maybe("carrier").text(),
          f.maybe("direction").oneOf(Direction.class),
          f.maybe("segments").count(0, 1000),
          f.maybe("from").address(),
          f.maybe("to").address());
    }

    @Override
    public EventType type() {
      return EventType.SMS_SENT;
    }
  }

  /** {@code sms.status}: a message reached a state. */
  record StatusChanged(String messageId, Status status, String errorCode, String carrier)
      implements MessageEvent {
    static StatusChanged read(Fields f) {
      return new StatusChanged(
          f.need("message_id").id(),
          f.need("status").oneOf(Status.class),
          f.maybe("error_code").text(),
          f.maybe("carrier").text());
    }

    @Override
    public EventType type() {
      return EventType.SMS_STATUS;
    }
  }
}
