package io.busyhour.projection.calls.account;

import io.busyhour.event.AccountEvent;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Stamps;
import io.busyhour.projection.change.AccountRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** The row of one account: of each fact, what was said last by event time. */
@Entity(name = "Account")
@Table(name = "accounts")
class AccountRow {
  @Id String account;

  String stamps;

  @Enumerated(EnumType.STRING)
  AccountEvent.Type type;

  @Column(name = "balance_dollars")
  BigDecimal balance;

  @Column(name = "credit_limit_dollars")
  BigDecimal creditLimit;

  @Column(name = "balance_alert_threshold_dollars")
  BigDecimal alertThreshold;

  /** For the persistence provider. */
  protected AccountRow() {}

  AccountRow(String account) {
    this.account = account;
  }

  void merge(AccountEvent.Updated event, long at) {
    Stamps merging = Stamps.parse(stamps);
    type = merging.merge(Fact.ACCOUNT_TYPE, type, event.kind(), at);
    balance = merging.merge(Fact.BALANCE, balance, event.balanceDollars(), at);
    creditLimit = merging.merge(Fact.CREDIT_LIMIT, creditLimit, event.creditLimitDollars(), at);
    alertThreshold =
        merging.merge(
            Fact.ALERT_THRESHOLD, alertThreshold, event.balanceAlertThresholdDollars(), at);
    stamps = merging.toString();
  }

  AccountRecord toRecord() {
    return new AccountRecord(
        account, type, plain(balance), plain(creditLimit), plain(alertThreshold));
  }

  /** The same amount is the same record, however many digits it was said or stored with. */
  private static BigDecimal plain(BigDecimal amount) {
    return amount == null ? null : amount.stripTrailingZeros();
  }
}
