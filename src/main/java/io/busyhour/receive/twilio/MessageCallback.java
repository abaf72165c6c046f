package io.busyhour.receive.twilio;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.MessageEvent.Status;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one request of Twilio about a message says: a status callback, or a message that came in.
 * Twilio sends no times with them, so all of it happened when it was received.
 */
final class MessageCallback {
  private static final Map<String, Status> STATUSES =
      Map.ofEntries(
          Map.entry("accepted", Status.QUEUED),
          Map.entry("scheduled", Status.QUEUED),
          Map.entry("queued", Status.QUEUED),
          Map.entry("sending", Status.QUEUED),
          Map.entry("sent", Status.SENT),
          Map.entry("delivered", Status.DELIVERED),
          Map.entry("partially_delivered", Status.DELIVERED),
          Map.entry("undelivered", Status.UNDELIVERED),
          Map.entry("failed", Status.FAILED),
          Map.entry("canceled", Status.FAILED),
          Map.entry("read", Status.READ));

  private static final Set<String> INBOUND = Set.of("receiving", "received");

  private final Form form;
  private final Form query;
  private final Instant told;
  private final String id;
  private final String status;

  /**
   * A callback; see {@link VoiceCallback}.
   *
   * @param told when it was received, or is said to have happened
   */
  MessageCallback(Form form, Form query, Instant told) {
    this.form = form;
    this.query = query;
    this.told = told;
    this.id = form.has("MessageSid") ? "MessageSid" : "SmsSid";
    this.status = form.has("MessageStatus") ? "MessageStatus" : "SmsStatus";
  }

  /** Whether Twilio waits for instructions: the answer is TwiML. */
  boolean isWebhook() {
    return status.equals("SmsStatus") && isInbound();
  }

  private boolean isInbound() {
    String word = form.get(status);
    return word != null && INBOUND.contains(word);
  }

  /** What it says. */
  Delivery delivery() {
    Facts.need(form, form.has(id) ? id : "MessageSid");
    String word = Facts.need(form, form.has(status) ? status : "MessageStatus");
    List<Occurrence> occurrences = new ArrayList<>();
    if (!isWebhook()) {
      occurrences.add(callback(word));
    }
    occurrences.addAll(message(word));
    String key = Facts.keyPart(form, id) + ":" + (isWebhook() ? "webhook:" : "");
    return new Delivery(
        new EventKey(VoiceCallback.SOURCE, key + Facts.keyPart(form, status)), occurrences, true);
  }

  /**
   * What it says of the message, as told by an event that is no callback and has a key of its own:
   * both may come, and only the event has the number of segments.
   */
  Delivery ofEvent(String eventId) {
    Facts.need(form, "MessageSid");
    EventKey key = new EventKey(VoiceCallback.SOURCE, eventId);
    return new Delivery(key, message(Facts.need(form, status)), true);
  }

  /** Tells whether a word is one of Twilio's for the status of a message that is sent. */
  static boolean isStatus(String word) {
    return STATUSES.containsKey(word);
  }

  private List<Occurrence> message(String word) {
    List<Occurrence> occurrences = new ArrayList<>(List.of(sent()));
    if (STATUSES.containsKey(word)) {
      occurrences.add(statusChanged(STATUSES.get(word)));
    }
    return occurrences;
  }

  private Occurrence callback(String word) {
    boolean known = STATUSES.containsKey(word) || INBOUND.contains(word);
    return about()
        .text("account", "AccountSid")
        .put("status", known ? word : "other")
        .put("error_code", errorCode())
        .happened(EventType.TWILIO_MESSAGE_CALLBACK, told);
  }

  private Occurrence sent() {
    return about()
        .text("account", "AccountSid")
        .put("campaign", query.get("campaign_id"))
        .put("direction", Words.of(isInbound() ? Direction.INBOUND : Direction.OUTBOUND))
        .number("segments", "NumSegments")
        .text("from", "From")
        .text("to", "To")
        .happened(EventType.SMS_SENT, told);
  }

  private Occurrence statusChanged(Status reached) {
    return about()
        .put("status", Words.of(reached))
        .put("error_code", errorCode())
        .happened(EventType.SMS_STATUS, told);
  }

  private Facts about() {
    return new Facts(form).put("message_id", form.get(id));
  }

  /** Twilio's codes have five digits; anything else would be a label without bounds. */
  private String errorCode() {
    String code = form.get("ErrorCode");
    if (code == null || code.equals("0")) {
      return null;
    }
    return code.matches("[0-9]{5}") ? code : "other";
  }
}
