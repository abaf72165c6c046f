package io.busyhour.projection.meters.money;

import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.AccountChange;
import io.busyhour.projection.change.AccountRecord;
import io.busyhour.projection.change.Change;
import java.math.BigDecimal;

/** What accounts have and may owe, as of their rows. */
public final class AccountFold implements Fold {
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

  private static String type(AccountRecord account) {
    return account.type() == null ? null : Words.of(account.type());
  }

  private static void set(GaugeFamily family, BigDecimal dollars, String... labels) {
    if (dollars != null) {
      family.set(dollars.doubleValue(), labels);
    }
  }
}
