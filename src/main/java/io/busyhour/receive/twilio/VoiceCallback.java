package io.busyhour.receive.twilio;

import io.busyhour.event.CallEvent.AnsweredBy;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallbackEvent.Kind;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.receive.EventTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one request of Twilio about a call says. There are status callbacks, voice webhooks (which
 * ask what to do with the call), results of answering-machine detection, and others, which are
 * stored and say nothing of a call.
 */
final class VoiceCallback {
  static final String SOURCE = "twilio";

  /** The documented words, and the one that SignalWire adds; labels are made of these only. */
  private static final Set<String> STATUSES =
      Set.of(
          "queued",
          "initiated",
          "ringing",
          "in-progress",
          "answered",
          "completed",
          "busy",
          "failed",
          "no-answer",
          "canceled");

  private final Form form;
  private final Form query;
  private final Instant receipt;
  private final Instant told;

  /**
   * A callback.
   *
   * @param form its parameters
   * @param query the parameters of its URL, to which the customer may have added facts
   */
  VoiceCallback(Form form, Form query, Instant receipt) {
    this(form, query, receipt, receipt);
  }

  /**
   * A callback of which somebody tells.
   *
   * @param told when it was made, if it does not say so itself
   */
  VoiceCallback(Form form, Form query, Instant receipt, Instant told) {
    this.form = form;
    this.query = query;
    this.receipt = receipt;
    this.told = told;
  }

  /** Whether Twilio waits for instructions: the answer is TwiML. */
  boolean isWebhook() {
    return form.has("CallStatus") && !form.has("CallbackSource");
  }

  /** What it says. */
  Delivery delivery() {
    if (form.has("CallStatus")) {
      return isWebhook() ? webhook() : statusCallback();
    }
    if (form.has("RecordingSid")) {
      return recording();
    }
    if (form.has("ConferenceSid")) {
      String step = key("SequenceNumber") + ":" + key("StatusCallbackEvent");
      return delivery(key("ConferenceSid") + ":" + step, other(Kind.CONFERENCE));
    }
    if (form.has("PayloadType") && form.has("Level")) {
      Facts.need(form, "Sid");
      return delivery("debugger:" + key("Sid"), other(Kind.DEBUGGER));
    }
    Facts.need(form, "CallSid");
    Facts.need(form, form.has("AnsweredBy") ? "AnsweredBy" : "CallStatus");
    return detection();
  }

  /** It says that there is a recording, and nothing of how the call began. */
  private Delivery recording() {
    List<Occurrence> occurrences = new ArrayList<>(List.of(other(Kind.RECORDING)));
    if (form.has("CallSid") && "completed".equals(form.get("RecordingStatus"))) {
      occurrences.add(
          new Facts(form)
              .text("call_id", "CallSid")
              .put("has_audio", true)
              .happened(EventType.CALL_RECORDED, told));
    }
    String id = key("RecordingSid") + ":" + key("RecordingStatus");
    return new Delivery(new EventKey(SOURCE, id), occurrences, false);
  }

  private Occurrence other(Kind kind) {
    return new Facts(form)
        .text("account", "AccountSid")
        .text("call_id", "CallSid")
        .put("kind", Words.of(kind))
        .happened(EventType.TWILIO_OTHER_CALLBACK, told);
  }

  private Delivery statusCallback() {
    String status = form.get("CallStatus");
    Instant time = time();
    // The call comes first: the callback is one about it.
    List<Occurrence> occurrences = new ArrayList<>();
    event(status, time).ifPresent(occurrences::add);
    occurrences.add(
        new Facts(form)
            .text("account", "AccountSid")
            .put("status", STATUSES.contains(status) ? status : "other")
            .put("call_id", Facts.need(form, "CallSid"))
            .put("sequence", sequence())
            .happened(EventType.TWILIO_CALL_CALLBACK, time));
    // A retry may lack its idempotency token; these three are the same in every retry.
    String step = key("SequenceNumber") + ":" + key("CallStatus");
    return delivery(key("CallSid") + ":" + step, occurrences.toArray(Occurrence[]::new));
  }

  /** What is no number says nothing of those that are missing, and is no reason to refuse. */
  private Integer sequence() {
    String number = form.get("SequenceNumber");
    return number != null && number.matches("[0-9]{1,6}") ? Integer.valueOf(number) : null;
  }

  /**
   * A voice webhook about an inbound call that rings is where that call began, and the first one
   * about an outbound call in progress is its answer. Others come at any time of the call, and so
   * say nothing of it.
   */
  private Delivery webhook() {
    String status = form.get("CallStatus");
    boolean inbound = direction() == Direction.INBOUND;
    String state =
        switch (status) {
          case "ringing" -> inbound ? "initiated" : status;
          case "in-progress" -> inbound ? "" : status;
          default -> status;
        };
    Facts.need(form, "CallSid");
    String key = key("CallSid") + ":webhook:" + key("CallStatus");
    return delivery(key, event(state, told).orElseGet(() -> other(Kind.WEBHOOK)));
  }

  /** The result of answering-machine detection, which began with the answer. */
  private Delivery detection() {
    String took = form.get("MachineDetectionDuration");
    boolean known = took != null && took.matches("[0-9]{1,7}");
    Instant time = known ? told.minusMillis(Long.parseLong(took)) : told;
    Occurrence answered =
        call().put("answered_by", answeredBy()).happened(EventType.CALL_ANSWERED, time);
    return delivery(key("CallSid") + ":detection:" + key("AnsweredBy"), answered);
  }

  private Optional<Occurrence> event(String status, Instant time) {
    return Optional.ofNullable(
        switch (status) {
          case "queued", "initiated" -> call().happened(EventType.CALL_INITIATED, time);
          case "ringing" -> call().happened(EventType.CALL_RINGING, time);
          case "in-progress", "answered" ->
              call().put("answered_by", answeredBy()).happened(EventType.CALL_ANSWERED, time);
          case "completed" -> ended(Outcome.COMPLETED, time);
          case "busy" -> ended(Outcome.BUSY, time);
          case "no-answer" -> ended(Outcome.NO_ANSWER, time);
          case "canceled" -> ended(Outcome.CANCELED, time);
          case "failed" -> ended(isNetworkTimeout() ? Outcome.TIMEOUT : Outcome.FAILED, time);
          default -> null;
        });
  }

  /** Every callback of a call repeats who called whom. */
  private Facts call() {
    Direction direction = direction();
    return new Facts(form)
        .put("call_id", Facts.need(form, "CallSid"))
        .text("account", "AccountSid")
        .put("provider", SOURCE)
        .put("direction", direction == null ? null : Words.of(direction))
        .text("from", "From")
        .text("to", "To")
        .text("parent_call_id", "ParentCallSid")
        .put("campaign_id", query.get("campaign_id"))
        .put("user_id", query.get("user_id"))
        .put("trunk", query.get("trunk"));
  }

  /** CallDuration is talk time in seconds; Duration would be billed minutes. */
  private Occurrence ended(Outcome outcome, Instant time) {
    return call()
        .put("outcome", Words.of(outcome))
        .number("sip_code", "SipResponseCode")
        .number("duration_seconds", "CallDuration")
        .put("has_audio", form.has("RecordingSid") ? Boolean.TRUE : null)
        .happened(EventType.CALL_ENDED, time);
  }

  private boolean isNetworkTimeout() {
    String code = form.get("SipResponseCode");
    return "408".equals(code) || "504".equals(code);
  }

  private Direction direction() {
    String direction = form.get("Direction");
    if (direction == null) {
      return null;
    }
    // For a trunk, Twilio's words are seen from the public network: what originates there comes in.
    return switch (direction) {
      case "inbound", "trunking-originating" -> Direction.INBOUND;
      case "trunking-terminating" -> Direction.OUTBOUND;
      default -> direction.startsWith("outbound") ? Direction.OUTBOUND : null;
    };
  }

  private String answeredBy() {
    String by = form.get("AnsweredBy");
    if (by == null) {
      return null;
    }
    if (by.equals("human")) {
      return Words.of(AnsweredBy.HUMAN);
    }
    boolean machine = by.startsWith("machine") || by.equals("fax");
    return Words.of(machine ? AnsweredBy.MACHINE : AnsweredBy.UNKNOWN);
  }

  private Instant time() {
    String timestamp = form.get("Timestamp");
    return timestamp == null ? told : EventTime.parseMail("Timestamp", timestamp, receipt);
  }

  private String key(String parameter) {
    return Facts.keyPart(form, parameter);
  }

  private static Delivery delivery(String id, Occurrence... occurrences) {
    return new Delivery(new EventKey(SOURCE, id), List.of(occurrences), true);
  }
}
