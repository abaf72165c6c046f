package io.busyhour.poll;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Event;
import io.busyhour.event.PollEvent.Failure;
import io.busyhour.event.PollEvent.Operation;
import io.busyhour.event.PollEvent.TwilioBalance;
import io.busyhour.event.PollEvent.TwilioUsage;
import java.math.BigDecimal;
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
    TwilioBalance read = ask(path("Balance.json"), TwilioAnswer::balance, refused);
    if (!DOLLARS.equals(read.currency())) {
      return List.of(read);
    }
    return List.of(
        read, new AccountEvent.Updated(read.account(), null, read.balance(), null, null));
  }

  private List<Event> usage(Consumer<Failure> refused) throws PollFailure, InterruptedException {
    Map<String, Event> byCategory = new LinkedHashMap<>();
    String next = path(firstPage());
    for (int pages = 1; next != null; pages++) {
      boolean isLast = pages == MAX_PAGES;
      next = ask(next, answer -> add(answer, byCategory, isLast), refused);
    }
    return List.copyOf(byCategory.values());
  }

  /**
   * Adds a page to a listing. Pages may shift while they are read: what is listed twice is said by
   * the later page.
   *
   * @return the next page, or null
   */
  private static String add(TwilioAnswer page, Map<String, Event> byCategory, boolean isLast)
      throws PollFailure {
    for (TwilioUsage usage : page.usage()) {
      // Of hundreds of categories most accounts use a few: the others are not worth keeping.
      if (isAny(usage.usage()) || isAny(usage.price())) {
        byCategory.put(usage.category(), usage);
      } else {
        byCategory.remove(usage.category());
      }
    }
    if (byCategory.size() > MAX_CATEGORIES || (isLast && page.next() != null)) {
      throw new PollFailure(Failure.TOO_LARGE, "the listing has no end");
    }
    return page.next();
  }

  private static boolean isAny(BigDecimal amount) {
    return amount != null && amount.signum() != 0;
  }

  /** What is read of an answer. */
  private interface Reading<T> {
    T of(TwilioAnswer answer) throws PollFailure;
  }

  private <T> T ask(String target, Reading<T> reading, Consumer<Failure> refused)
      throws PollFailure, InterruptedException {
    byte[] body = client.get(target, refused);
    try {
      return reading.of(TwilioAnswer.parse(settings.accountSid(), body));
    } catch (PollFailure e) {
      refused.accept(e.reason());
      throw e;
    }
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
}
