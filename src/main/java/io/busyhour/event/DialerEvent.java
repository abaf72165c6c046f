package io.busyhour.event;

import io.busyhour.event.field.Fields;

/** What a dialer reports of its requests and of the people who sit in front of it. */
public sealed interface DialerEvent extends Event {

  /** Which leg of a conversation a request is for. */
  enum Leg {
    /** The person who is called. */
    CONTACT,
    /** A third party. */
    TRANSFER,
    /** The agent. */
    CALLER
  }

  /** How a request to the telephony provider was answered. */
  enum Result {
    /** The leg was answered. */
    ANSWERED,
    /** The leg was engaged. */
    BUSY,
    /** The provider or the dialer failed. */
    ERROR,
    /** The call was redirected. */
    REDIRECT
  }

  /** What a caller session is doing. */
  enum State {
    /** Talking to a contact. */
    ON_CALL,
    /** Waiting for the next contact. */
    HOLD,
    /** Writing up the last call. */
    WRAP_UP,
    /** Gone. */
    ENDED
  }

  /** {@code dialer.requested}: a request went to the telephony provider. */
  record Requested(
      String requestId,
      Leg leg,
      String account,
      String campaign,
      String campaignType,
      String callerSessionId,
      String callerSessionType,
      String callerPhoneType)
      implements DialerEvent {
    static Requested read(Fields f) {
      return new Requested(
          f.need("request_id").id(),
          f.need("leg").oneOf(Leg.class),
          f.maybe("account").text(),
          f.maybe("campaign").text(),
          f.maybe("campaign_type").text(),
          f.maybe("caller_session_id").id(),
          f.maybe("caller_session_type").text(),
          f.maybe("caller_phone_type").text());
    }

    @Override
    public EventType type() {
      return EventType.DIALER_REQUESTED;
    }
  }

  /** {@code dialer.responded}: TwiML or an error was served for a request. */
  record Responded(String requestId, Result result, Integer httpStatus) implements DialerEvent {
    static Responded read(Fields f) {
      return new Responded(
          f.need("request_id").id(),
          f.need("result").oneOf(Result.class),
          f.maybe("http_status").count(100, 999));
    }

    @Override
    public EventType type() {
      return EventType.DIALER_RESPONDED;
    }
  }

  /** {@code caller_session.changed}: an agent's session went into another state. */
  record SessionChanged(
      String callerSessionId, State state, String account, String campaign, String campaignType)
      implements DialerEvent {
    static SessionChanged read(Fields f) {
      return new SessionChanged(
          f.need("caller_session_id").id(),
          f.need("state").oneOf(State.class),
          f.maybe("account").text(),
          f.maybe("campaign").text(),
          f.maybe("campaign_type").text());
    }

    @Override
    public EventType type() {
      return EventType.CALLER_SESSION_CHANGED;
    }
  }
}
