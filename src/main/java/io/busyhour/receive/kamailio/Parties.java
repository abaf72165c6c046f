package io.busyhour.receive.kamailio;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.field.Words;
import io.busyhour.receive.EventData;
import java.util.Locale;

/**
 * Who calls whom, over what and for whom, by the names that people give to acc_extra and cdr_extra
 * and to the columns of their call detail records.
 */
final class Parties {
  private final Said said;

  Parties(Said said) {
    this.said = said;
  }

  /** All that is said of it. */
  EventData all(String callId) {
    return route(callId)
        .put("direction", direction())
        .put("from", from())
        .put("to", to())
        .put("zone", zone());
  }

  /**
   * What is the same whoever sends a request: within a dialog the called side may, and is then its
   * From.
   */
  EventData route(String callId) {
    return new EventData()
        .put("call_id", callId)
        .put(
            "account",
            said.storable("account", "customer_id", "customer_ban", "account_id", "accountcode"))
        .put("user_id", said.storable("user_id"))
        .put("campaign_id", said.storable("campaign_id"))
        .put("trunk", said.storable("trunk", "trunk_id", "gateway"))
        .put(
            "provider",
            said.storable("provider", "carrier", "carrier_id", "vendor", "selected_vendor"));
  }

  private String from() {
    return Numbers.address(
        said.storable("from", "src_user", "from_user", "caller", "ani", "raw_ani", "src"));
  }

  private String to() {
    return Numbers.address(
        said.storable("to", "dst_user", "to_user", "callee", "dnis", "dni", "dst", "dst_ouser"));
  }

  /**
   * Carriers name the direction after the leg that they are paid for: they terminate what their
   * customer sends out, and what originates in the public network comes in.
   */
  private String direction() {
    String direction = said.text("direction");
    if (direction == null) {
      return null;
    }
    return switch (direction.toLowerCase(Locale.ROOT)) {
      case "inbound", "in", "originating" -> Words.of(Direction.INBOUND);
      case "outbound", "out", "terminating" -> Words.of(Direction.OUTBOUND);
      default -> null;
    };
  }

  private String zone() {
    String kind = zone(said.text("call_type"));
    return kind != null ? kind : zone(said.text("zone", "jurisdiction", "rate_zone"));
  }

  private static String zone(String word) {
    if (word == null) {
      return null;
    }
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "LOCAL" -> Words.of(Zone.LOCAL);
      case "INTRASTATE" -> Words.of(Zone.INTRASTATE);
      case "INTERSTATE" -> Words.of(Zone.INTERSTATE);
      case "INTL", "INTERNATIONAL" -> Words.of(Zone.INTL);
      case "TOLLFREE", "TOLL_FREE" -> Words.of(Zone.TOLLFREE);
      default -> null;
    };
  }
}
