package io.busyhour.cli.simulate.incident;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.AccountEvent.Service;
import io.busyhour.event.CallEvent.Answered;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Ended;
import io.busyhour.event.CallEvent.Initiated;
import io.busyhour.event.CallEvent.Ringing;
import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

/**
 * Somebody has an account's credentials and earns by each minute that it calls premium numbers: all
 * such calls are answered, and hung up before anybody looks.
 */
record PremiumCalls() implements Effect {
  private static final double SHARE = 0.4;
  private static final String ACCOUNT = "acme";
  private static final String FROM = "+12125550103";

  /** British premium numbers that are reserved for drama: 0909 879 0000 to 0909 879 0999. */
  private static final String TO = "+449098790%03d";

  private static final BigDecimal CENTS_PER_SECOND = new BigDecimal("6.5");
  private static final BigDecimal VENDOR_SHARE = new BigDecimal("0.92");

  @Override
  public List<Occurrence> conversation(
      Traffic usual, LocalTime time, Instant beginning, Dice dice) {
    // Dice of its own decide, so that all other conversations stay as they are.
    boolean premium = Dice.of(beginning.toEpochMilli()).chance(SHARE);
    return premium ? call(beginning, dice) : usual.conversation(time, beginning, dice);
  }

  private static List<Occurrence> call(Instant beginning, Dice dice) {
    String id = "CA" + dice.hex(32);
    double pdd = Math.round(dice.logNormal(2_100, 0.3));
    Instant rung = beginning.plusMillis((long) pdd);
    Instant answered = rung.plusMillis((long) dice.between(300, 900));
    long seconds = Math.round(dice.logNormal(22, 0.3));
    Instant ended = answered.plusSeconds(seconds);
    BigDecimal cents = CENTS_PER_SECOND.multiply(BigDecimal.valueOf(seconds));
    return List.of(
        Occurrence.of(beginning, new Initiated(id, beginning(dice))),
        Occurrence.of(rung, new Ringing(id, pdd, Beginning.UNKNOWN)),
        Occurrence.of(answered, new Answered(id, null, Beginning.UNKNOWN)),
        Occurrence.of(ended, ended(id, seconds, cents)),
        Occurrence.of(ended.plusSeconds(1), rated(id, seconds, cents)));
  }

  private static Beginning beginning(Dice dice) {
    return new Beginning(
        ACCOUNT,
        "u-201",
        null,
        "denver-1",
        "alder",
        Direction.OUTBOUND,
        FROM,
        TO.formatted(dice.below(1_000)),
        Zone.INTL,
        "US",
        "GB",
        null);
  }

  private static Event ended(String id, long seconds, BigDecimal cents) {
    return new Ended(
        id,
        Outcome.COMPLETED,
        200,
        16,
        "caller",
        (double) seconds,
        cents.movePointLeft(2),
        "USD",
        null,
        null,
        null,
        Beginning.UNKNOWN);
  }

  private static Event rated(String id, long seconds, BigDecimal cents) {
    return new Rated(
        ACCOUNT,
        Service.VOICE,
        Zone.INTL,
        "denver-1",
        id,
        cents,
        cents.multiply(VENDOR_SHARE).setScale(3, RoundingMode.HALF_UP),
        BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(60), 1, RoundingMode.HALF_UP),
        true);
  }
}
