package io.busyhour.event;

import static io.busyhour.event.Limits.MONEY;

import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.field.Fields;
import java.math.BigDecimal;

/** What happens to an account's money. */
public sealed interface AccountEvent extends Event {

  /** How an account pays. */
  enum Type {
    /** In advance. */
    PREPAID,
    /** By invoice. */
    POSTPAID
  }

  /** What is charged for. */
  enum Service {
    /** Calls. */
    VOICE,
    /** Messages. */
    SMS,
    /** Calls to toll-free numbers. */
    TOLL_FREE
  }

  /** {@code billing.rated}: something was charged; amounts in cents, minutes as billed. */
  record Rated(
      String account,
      Service service,
      Zone zone,
      String trunk,
      String callId,
      BigDecimal chargeCents,
      BigDecimal vendorCostCents,
      BigDecimal minutes,
      Boolean billable)
      implements AccountEvent {
    static Rated read(Fields f) {
      return new Rated(
          f.need("account").text(),
          f.need("service").oneOf(Service.class),
          f.maybe("zone").oneOf(Zone.class),
          f.maybe("trunk").text(),
          f.maybe("call_id").id(),
          f.maybe("charge_cents").decimal(0, MONEY),
          f.maybe("vendor_cost_cents").decimal(0, MONEY),
          f.maybe("minutes").decimal(0, MONEY),
          f.maybe("billable").flag());
    }

    @Override
    public EventType type() {
      return EventType.BILLING_RATED;
    }
  }

  /** {@code account.updated}: what an account has and may owe, in dollars. */
  record Updated(
      String account,
      Type kind,
      BigDecimal balanceDollars,
      BigDecimal creditLimitDollars,
      BigDecimal balanceAlertThresholdDollars)
      implements AccountEvent {
    static Updated read(Fields f) {
      return new Updated(
          f.need("account").text(),
          f.maybe("type").oneOf(Type.class),
          f.maybe("balance_dollars").decimal(-MONEY, MONEY),
          f.maybe("credit_limit_dollars").decimal(0, MONEY),
          f.maybe("balance_alert_threshold_dollars").decimal(0, MONEY));
    }

    @Override
    public EventType type() {
      return EventType.ACCOUNT_UPDATED;
    }
  }
}
