package io.busyhour.poll;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.busyhour.event.Event;
import io.busyhour.event.EventType;
import io.busyhour.event.PollEvent.Failure;
import io.busyhour.event.PollEvent.TwilioBalance;
import io.busyhour.event.PollEvent.TwilioUsage;
import io.busyhour.event.field.InvalidField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of one answer of Twilio's API.
 *
 * @param account whose it is
 */
record TwilioAnswer(String account, JsonNode body) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static TwilioAnswer parse(String account, byte[] body) throws PollFailure {
    JsonNode json = json(body);
    if (!json.isObject()) {
      throw new PollFailure(Failure.UNREADABLE, "the answer is no JSON object");
    }
    return new TwilioAnswer(account, json);
  }

  /** Twilio's own number for what is wrong, or null: at the edge of its network there is none. */
  static Integer errorCode(byte[] body) {
    JsonNode code = json(body).path("code");
    return code.isInt() ? Integer.valueOf(code.intValue()) : null;
  }

  /** What is no JSON is like an answer of nothing. */
  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException | NumberFormatException e) {
      // An exponent of more than nine digits is reported by the latter.
      return MissingNode.getInstance();
    }
  }

  TwilioBalance balance() throws PollFailure {
    return (TwilioBalance) read(EventType.TWILIO_BALANCE, body, "balance", "currency");
  }

  /** The records of a page. */
  List<TwilioUsage> usage() throws PollFailure {
    JsonNode records = body.path("usage_records");
    if (!records.isArray()) {
      throw unreadable("usage_records");
    }
    List<TwilioUsage> usage = new ArrayList<>();
    for (JsonNode each : records) {
      usage.add(
          (TwilioUsage)
              read(
                  EventType.TWILIO_USAGE,
                  each,
                  "category",
                  "usage",
                  "usage_unit",
                  "price",
                  "price_unit"));
    }
    return usage;
  }

  /** The page after this one as it is written, or null. */
  String next() throws PollFailure {
    Object next = plain(body.path("next_page_uri"));
    if (next == null || next instanceof String) {
      return (String) next;
    }
    throw unreadable("next_page_uri");
  }

  private Event read(EventType type, JsonNode from, String... fields) throws PollFailure {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("account", account);
    for (String field : fields) {
      data.put(field, plain(from.path(field)));
    }
    try {
      return type.read(data);
    } catch (InvalidField e) {
      throw unreadable(type.wireName());
    }
  }

  /** Twilio writes numbers as texts mostly, and nothing as null or as an empty text. */
  private static Object plain(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue().isEmpty() ? null : value.textValue();
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    // Anything else is no value of any field, and is refused as such.
    return value.isNull() || value.isMissingNode() ? null : value;
  }

  private static PollFailure unreadable(String what) {
    return new PollFailure(Failure.UNREADABLE, "the answer is not as documented: " + what);
  }
}
