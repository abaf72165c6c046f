package io.busyhour.poll;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.event.AccountEvent;
import io.busyhour.event.Event;
import io.busyhour.event.EventType;
import io.busyhour.event.PollEvent.Failure;
import io.busyhour.event.PollEvent.Operation;
import io.busyhour.event.PollEvent.TwilioBalance;
import io.busyhour.event.PollEvent.TwilioUsage;
import io.busyhour.event.field.InvalidField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What Twilio's API says of one account, as events: all of an operation's answer or nothing. */
final class TwilioAccount {
  private static final String API = "/2010-04-01/Accounts/";
  private static final String DOLLARS = "USD";
  private static final int PAGE = 1000;
  // Twilio has about 650 categories: these are beyond any listing that ends.
  private static final int MAX_PAGES = 50;
  private static final int MAX_CATEGORIES = 5_000;

  private final PollSettings settings;
  private final TwilioClient client;

  TwilioAccount(PollSettings settings, TwilioClient client) {
    this.settings = settings;
    this.client = client;
  }

  /**
   * Performs an operation.
   *
   * @param refused is told why of each request that was in vain
   * @throws PollFailure when there is no whole answer
   */
  List<Event> fetch(Operation operation, Consumer<Failure> refused)
      throws PollFailure, InterruptedException {
    return switch (operation) {
      case FETCH_BALANCE -> balance(refused);
      case FETCH_USAGE -> usage(refused);
    };
  }

  /**
   * The balance; where it is in dollars, it is that of the account for whoever looks at accounts,
   * too.
   */
  private List<Event> balance(Consumer<Failure> refused) throws PollFailure, InterruptedException {
    JsonNode answer = client.get(path("Balance.json"), refused);
    try {
      TwilioBalance read =
          (TwilioBalance) read(EventType.TWILIO_BALANCE, answer, "balance", "currency");
      if (!DOLLARS.equals(read.currency())) {
        return List.of(read);
      }
      return List.of(
          read, new AccountEvent.Updated(read.account(), null, read.balance(), null, null));
    } catch (PollFailure e) {
      refused.accept(e.reason());
      throw e;
    }
  }

  private List<Event> usage(Consumer<Failure> refused) throws PollFailure, InterruptedException {
    Map<String, Event> byCategory = new LinkedHashMap<>();
    String next = path(firstPage());
    for (int pages = 1; next != null; pages++) {
      JsonNode page = client.get(next, refused);
      try {
        addTo(byCategory, page);
        next = next(page);
        if (next != null && pages == MAX_PAGES) {
          throw new PollFailure(Failure.TOO_LARGE, "the listing has no end");
        }
      } catch (PollFailure e) {
        refused.accept(e.reason());
        throw e;
      }
    }
    return new ArrayList<>(byCategory.values());
  }

  private String path(String resource) {
    return API + settings.accountSid() + "/" + resource;
  }

  private String firstPage() {
    String query = "PageSize=" + PAGE + "&IncludeSubaccounts=true";
    return settings
        .usageStart()
        .map(day -> "Usage/Records.json?StartDate=" + day + "&" + query)
        .orElse("Usage/Records/Today.json?" + query);
  }

  /** Pages may shift while they are read: what is listed twice is said by the later page. */
  private void addTo(Map<String, Event> byCategory, JsonNode page) throws PollFailure {
    JsonNode records = page.path("usage_records");
    if (!records.isArray()) {
      throw unreadable("usage_records");
    }
    for (JsonNode each : records) {
      TwilioUsage usage =
          (TwilioUsage)
              read(
                  EventType.TWILIO_USAGE,
                  each,
                  "category",
                  "usage",
                  "usage_unit",
                  "price",
                  "price_unit");
      // Of hundreds of categories most accounts use a few: the others are not worth keeping.
      if (isAboveOrBelow(usage.usage()) || isAboveOrBelow(usage.price())) {
        byCategory.put(usage.category(), usage);
      } else {
        byCategory.remove(usage.category());
      }
    }
    if (byCategory.size() > MAX_CATEGORIES) {
      throw new PollFailure(Failure.TOO_LARGE, "more categories than Twilio has");
    }
  }

  private static boolean isAboveOrBelow(BigDecimal amount) {
    return amount != null && amount.signum() != 0;
  }

  private static String next(JsonNode page) throws PollFailure {
    JsonNode next = page.path("next_page_uri");
    if (next.isMissingNode() || next.isNull() || next.asText().isEmpty()) {
      return null;
    }
    if (!next.isTextual()) {
      throw unreadable("next_page_uri");
    }
    return next.textValue();
  }

  private Event read(EventType type, JsonNode answer, String... fields) throws PollFailure {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("account", settings.accountSid());
    for (String field : fields) {
      data.put(field, plain(answer.path(field)));
    }
    try {
      return type.read(data);
    } catch (InvalidField e) {
      throw new PollFailure(
          Failure.UNREADABLE, "the answer is not as documented: " + type.wireName());
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
    return value.isNull() || value.isMissingNode() ? null : value.toString();
  }

  private static PollFailure unreadable(String field) {
    return new PollFailure(Failure.UNREADABLE, "the answer is not as documented: " + field);
  }
}
