package io.busyhour.projection.meters.money;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.CallEvent;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.AccountChange;
import io.busyhour.projection.change.AccountRecord;
import io.busyhour.projection.change.Change;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** What accounts have and may owe, as of their rows. */
public final class AccountFold implements Fold {
  private static final String NO_TYPE = "";
  private static final List<String> TYPES =
      Stream.concat(Stream.of(NO_TYPE), Stream.of(AccountEvent.Type.values()).map(Words::of))
          .toList();

  private final GaugeFamily balance;
  private final GaugeFamily creditLimit;
  private final GaugeFamily alertThreshold;

  /** Registers the families. */
  public AccountFold(Meters meters) {
    balance =
        meters.gauge(
            "warp_account_balance_dollars", "What an account has, in dollars.", "account", "type");
    creditLimit =
        meters.gauge(
            "warp_credit_limit_dollars", "What an account may owe, in dollars.", "account");
    alertThreshold =
        meters.gauge(
            "warp_balance_alert_threshold_dollars",
            "The balance in dollars below which an account's owner wants to be told.",
            "account");
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof AccountChange change) {
      AccountRecord after = change.after();
      if (change.before() != null && change.before().type() != after.type()) {
        balance.remove(after.account(), type(change.before()));
      }
      set(balance, after.balance(), after.account(), type(after));
      set(creditLimit, after.creditLimit(), after.account());
      set(alertThreshold, after.alertThreshold(), after.account());
    }
  }

  /** What an account may owe is said once: it holds while anything is heard of the account. */
  @Override
  public void on(Entry entry, Occurrence occurrence) {
    String account =
        switch (occurrence.event()) {
          case CallEvent call -> call.beginning().account();
          case MessageEvent.Sent message -> message.account();
          case Rated rated -> rated.account();
          default -> null;
        };
    if (account != null) {
      creditLimit.heardOf(account);
      alertThreshold.heardOf(account);
      TYPES.forEach(type -> balance.heardOf(account, type));
    }
  }

  private static String type(AccountRecord account) {
    return account.type() == null ? NO_TYPE : Words.of(account.type());
  }

  private static void set(GaugeFamily family, BigDecimal dollars, String... labels) {
    if (dollars != null) {
      family.set(dollars.doubleValue(), labels);
    }
  }
}
