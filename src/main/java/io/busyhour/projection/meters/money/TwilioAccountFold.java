package io.busyhour.projection.meters.money;

import io.busyhour.event.Occurrence;
import io.busyhour.event.PollEvent.Failure;
import io.busyhour.event.PollEvent.Operation;
import io.busyhour.event.PollEvent.TwilioAnswered;
import io.busyhour.event.PollEvent.TwilioBalance;
import io.busyhour.event.PollEvent.TwilioRefused;
import io.busyhour.event.PollEvent.TwilioUsage;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Twilio says of the account that is polled: the last good answers, and how old they are. */
public final class TwilioAccountFold implements Fold {
  private final GaugeFamily balance;
  private final Amounts usage;
  private final Amounts price;
  private final CounterFamily errors;
  private final GaugeFamily lastSuccess;

  /**
   * A family of amounts by account, category and unit. A whole listing has all that is not 0: what
   * was in the one before and is not in this one is 0 now. It is set so once, and is idle then.
   */
  private static final class Amounts {
    private final GaugeFamily family;
    private Set<List<String>> shown = Set.of();
    private Set<List<String>> listed = new HashSet<>();

    Amounts(GaugeFamily family) {
      this.family = family;
    }

    void restore() {
      shown = family.labels();
      listed = new HashSet<>();
    }

    void list(BigDecimal amount, String account, String category, String unit) {
      if (amount != null) {
        family.set(amount.doubleValue(), account, category, unit);
        listed.add(List.of(account, category, unit == null ? "" : unit));
      }
    }

    void listedAll(String account) {
      for (List<String> labels : shown) {
        if (!labels.getFirst().equals(account)) {
          listed.add(labels); // that account was not asked for
        } else if (!listed.contains(labels)) {
          family.set(0, labels.toArray(String[]::new));
        }
      }
      shown = listed;
      listed = new HashSet<>();
    }
  }

  /** Registers the families. */
  public TwilioAccountFold(Meters meters) {
    balance =
        meters.gauge(
            "twilio_account_balance",
            "What the account has, as last answered.",
            "account",
            "currency");
    usage =
        new Amounts(
            meters.gauge(
                "twilio_usage_amount",
                "What the account used since the day from which it is asked; categories overlap.",
                "account",
                "category",
                "usage_unit"));
    price =
        new Amounts(
            meters.gauge(
                "twilio_usage_price",
                "What that cost; categories overlap.",
                "account",
                "category",
                "price_unit"));
    errors =
        meters.counter(
            "twilio_api_errors_total",
            "Requests to Twilio's API that were in vain.",
            "operation",
            "reason");
    lastSuccess =
        meters.gauge(
            "twilio_last_success_timestamp_seconds",
            "When an operation was last answered in full.",
            "operation");
  }

  @Override
  public void restore(Connection transaction) {
    usage.restore();
    price.restore();
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case TwilioBalance e -> balance(e);
      case TwilioUsage e -> {
        usage.list(e.usage(), e.account(), e.category(), e.usageUnit());
        price.list(e.price(), e.account(), e.category(), e.priceUnit());
      }
      case TwilioAnswered e -> answered(e, occurrence.time());
      case TwilioRefused e -> refused(e);
      default -> {
        // Not of the poller.
      }
    }
  }

  /** An account has one currency: of another one there is nothing to show any more. */
  private void balance(TwilioBalance said) {
    String currency = said.currency() == null ? "" : said.currency();
    for (List<String> labels : balance.labels()) {
      if (labels.getFirst().equals(said.account()) && !labels.getLast().equals(currency)) {
        balance.remove(labels.toArray(String[]::new));
      }
    }
    balance.set(said.balance().doubleValue(), said.account(), currency);
  }

  /** The last good values stay, with their age, for as long as better ones are asked for. */
  private void refused(TwilioRefused refusal) {
    touch();
    errors.add(1, Words.of(refusal.operation()), Words.of(refusal.reason()));
    lastSuccess.heardOf(Words.of(refusal.operation()));
    switch (refusal.operation()) {
      case FETCH_BALANCE -> stay(balance, balance.labels(), refusal.account());
      case FETCH_USAGE -> {
        stay(usage.family, usage.shown, refusal.account());
        stay(price.family, price.shown, refusal.account());
      }
    }
  }

  private static void stay(GaugeFamily family, Set<List<String>> series, String account) {
    series.stream()
        .filter(labels -> labels.getFirst().equals(account))
        .forEach(labels -> family.heardOf(labels.toArray(String[]::new)));
  }

  private void answered(TwilioAnswered answer, Instant at) {
    touch();
    lastSuccess.set(at.toEpochMilli() / 1e3, Words.of(answer.operation()));
    if (answer.operation() == Operation.FETCH_USAGE) {
      usage.listedAll(answer.account());
      price.listedAll(answer.account());
    }
  }

  /** All errors that there can be are there from the first answer on. */
  private void touch() {
    for (Operation operation : Operation.values()) {
      for (Failure reason : Failure.values()) {
        errors.touch(Words.of(operation), Words.of(reason));
      }
    }
  }
}
