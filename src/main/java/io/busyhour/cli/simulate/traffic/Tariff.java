package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.AccountEvent.Service;
import io.busyhour.event.CallEvent.Zone;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What calls and messages cost. */
final class Tariff {
  private static final int BILLING_INCREMENT_SECONDS = 6;
  private static final int CENT_DIGITS = 3;

  /** Of what is charged, the part that the carrier gets where a minute costs nothing. */
  private static final double VENDOR_SHARE = 0.55;

  /** Dear trunks leave less. */
  private static final double VENDOR_SHARE_PER_CENT = 0.3;

  private static final BigDecimal SEGMENT_CENTS = new BigDecimal("0.79");
  private static final BigDecimal SEGMENT_VENDOR_CENTS = new BigDecimal("0.41");

  private Tariff() {}

  /** What a call costs, in cents: every six seconds that have begun. */
  static BigDecimal cents(Trunk trunk, double talkSeconds) {
    return BigDecimal.valueOf(trunk.centsPerMinute())
        .multiply(BigDecimal.valueOf(billed(talkSeconds)))
        .divide(BigDecimal.valueOf(60), CENT_DIGITS, RoundingMode.HALF_UP);
  }

  private static long billed(double talkSeconds) {
    return (long) Math.ceil(talkSeconds / BILLING_INCREMENT_SECONDS) * BILLING_INCREMENT_SECONDS;
  }

  /** A call is rated; the charge is what the call itself says that it cost. */
  static Rated call(Campaign campaign, Trunk trunk, String callId, Zone zone, double talk) {
    BigDecimal charge = cents(trunk, talk);
    double share = VENDOR_SHARE + VENDOR_SHARE_PER_CENT * trunk.centsPerMinute();
    return new Rated(
        campaign.account(),
        zone == Zone.TOLLFREE ? Service.TOLL_FREE : Service.VOICE,
        zone,
        trunk.name(),
        callId,
        charge,
        charge.multiply(BigDecimal.valueOf(share)).setScale(CENT_DIGITS, RoundingMode.HALF_UP),
        BigDecimal.valueOf(billed(talk)).divide(BigDecimal.valueOf(60), 1, RoundingMode.HALF_UP),
        true);
  }

  /** A message is rated, by its segments. */
  static Rated message(String account, int segments) {
    BigDecimal count = BigDecimal.valueOf(segments);
    return new Rated(
        account,
        Service.SMS,
        null,
        null,
        null,
        SEGMENT_CENTS.multiply(count),
        SEGMENT_VENDOR_CENTS.multiply(count),
        null,
        true);
  }
}
