package io.busyhour.receive.twilio;

import io.busyhour.event.CallbackEvent.Kind;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Quoted;
import io.busyhour.event.field.Words;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.EventTime;
import io.busyhour.receive.Receiver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one event of Twilio's Event Streams says. Of a call they tell which callback was made, with
 * its URL and its parameters: that is the same delivery as the callback itself, so whoever has both
 * sent here counts it once. Of a message they tell its status. Everything else is stored and says
 * nothing. Of CloudEvents' attributes only id, type and data are looked at: Twilio's own samples
 * have a time in {@code datacontenttype}.
 */
final class StreamEvent {
  private static final Pattern CALLBACK =
      Pattern.compile("com\\.twilio\\.voice\\.(?:webhook\\.)?status-callback\\.(call|amd)\\.(.+)");
  private static final Pattern WEBHOOK =
      Pattern.compile("com\\.twilio\\.voice\\.twiml\\.call\\..+");
  private static final Pattern MESSAGE =
      Pattern.compile("com\\.twilio\\.messaging\\.message\\.(.+)");
  private static final String INBOUND = "com.twilio.messaging.inbound-message.received";
  private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-f]{32}");
  private static final int LONGEST_ID = 128;

  private final Map<String, ?> event;
  private final Map<String, ?> data;
  private final Instant receipt;

  /** An event by its attributes. */
  StreamEvent(Map<String, ?> event, Instant receipt) {
    this.event = event;
    this.data = object(event.get("data"));
    this.receipt = receipt;
  }

  /**
   * What it says.
   *
   * @throws Refusal for this event only
   */
  Delivery delivery() {
    String type = need("type");
    String id = id();
    Instant told = told();
    Matcher callback = CALLBACK.matcher(type);
    if (callback.matches()) {
      return callback(id, told, callback.group(1), callback.group(2));
    }
    if (WEBHOOK.matcher(type).matches()) {
      Form form = parameters();
      return form.has("CallSid") && form.has("CallStatus")
          ? new VoiceCallback(form, query(), receipt, told).delivery()
          : other(id, told);
    }
    Matcher message = MESSAGE.matcher(type);
    if (message.matches()) {
      return message(id, told, message.group(1));
    }
    return type.equals(INBOUND)
        ? new MessageCallback(message("SmsStatus", "received"), Form.EMPTY, told).ofEvent(id)
        : other(id, told);
  }

  private Delivery callback(String id, Instant told, String about, String step) {
    Form form = parameters();
    boolean detection = about.equals("amd");
    if (detection ? form.has("AnsweredBy") : form.has("CallStatus")) {
      Form whole =
          detection
              ? form.without("CallStatus")
              : form.with("CallbackSource", "call-progress-events");
      return new VoiceCallback(whole, query(), receipt, told).delivery();
    }
    return detection ? other(id, told) : bare(id, told, step);
  }

  /** Without the callback's parameters there is the type of the event, and the call's id. */
  private Delivery bare(String id, Instant told, String step) {
    EventType type =
        switch (step) {
          case "initiated" -> EventType.CALL_INITIATED;
          case "ringing" -> EventType.CALL_RINGING;
          case "answered" -> EventType.CALL_ANSWERED;
          // That is said of every end.
          case "completed" -> EventType.CALL_RELEASED;
          default -> null;
        };
    if (type == null || !(data.get("sid") instanceof String call)) {
      return other(id, told);
    }
    EventData said = new EventData().put("call_id", call).put("provider", VoiceCallback.SOURCE);
    return delivery(id, said.happened(type, told));
  }

  private Delivery message(String id, Instant told, String step) {
    String said = data.get("messageStatus") instanceof String word ? word : "";
    String status = MessageCallback.isStatus(step) ? step : said.toLowerCase(Locale.ROOT);
    if (!MessageCallback.isStatus(status)) {
      return other(id, told);
    }
    Form query = data.get("statusCallBackUrl") instanceof String url ? Form.ofUrl(url) : Form.EMPTY;
    return new MessageCallback(message("MessageStatus", status), query, told).ofEvent(id);
  }

  private Form message(String parameter, String status) {
    Form form = form(data).with(parameter, status);
    return form.has("NumberOfSegments")
        ? form.with("NumSegments", form.get("NumberOfSegments"))
        : form;
  }

  private Delivery other(String id, Instant told) {
    Occurrence other =
        new EventData()
            .put("account", account())
            .put("kind", Words.of(Kind.EVENT))
            .happened(EventType.TWILIO_OTHER_CALLBACK, told);
    return delivery(id, other);
  }

  private String account() {
    for (String name : List.of("accountSid", "account_sid", "AccountSid")) {
      if (data.get(name) instanceof String account && ACCOUNT.matcher(account).matches()) {
        return account;
      }
    }
    return null;
  }

  private static Delivery delivery(String id, Occurrence said) {
    return Delivery.of(new EventKey(VoiceCallback.SOURCE, id), said);
  }

  private Form parameters() {
    return form(object(object(data.get("request")).get("parameters")));
  }

  private Form query() {
    return object(data.get("request")).get("url") instanceof String url
        ? Form.ofUrl(url)
        : Form.EMPTY;
  }

  /** Twilio writes names as CallSid, callSid or call_sid, and some values as numbers. */
  private static Form form(Map<String, ?> values) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value instanceof String || value instanceof Number) {
            String text = value instanceof BigDecimal d ? d.toPlainString() : value.toString();
            parameters.computeIfAbsent(parameter(name), n -> new ArrayList<>()).add(text);
          }
        });
    return Form.of(parameters);
  }

  private static String parameter(String name) {
    StringBuilder parameter = new StringBuilder(name.length());
    boolean begins = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_') {
        parameter.append(begins ? Character.toUpperCase(c) : c);
      }
      begins = c == '_';
    }
    return parameter.toString();
  }

  private String need(String name) {
    if (event.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new Refusal(
        Reason.MISSING_FIELD, "An event of Event Streams needs " + name + ", a text.");
  }

  private String id() {
    String id = need("id");
    if (id.length() > LONGEST_ID || !Receiver.isKeyPart(id)) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "id: %s (expected: at most %d characters without control characters)"
              .formatted(Quoted.of(id), LONGEST_ID));
    }
    return "event:" + id;
  }

  private Instant told() {
    if (data.get("timestamp") instanceof String text && !text.isEmpty()) {
      return EventTime.parse("data.timestamp", text, receipt);
    }
    return event.get("time") instanceof String text && !text.isEmpty()
        ? EventTime.parse("time", text, receipt)
        : receipt;
  }

  @SuppressWarnings("unchecked") // the reader makes no other maps
  private static Map<String, ?> object(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
  }
}
