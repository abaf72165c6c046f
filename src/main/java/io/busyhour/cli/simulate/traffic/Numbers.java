package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.CallEvent.Zone;
import java.util.List;

/** Telephone numbers that belong to nobody: 555-0100 to 555-0199, reserved for fiction. */
final class Numbers {
  /** Area codes of ten states, so that some calls stay within one. */
  private static final List<String> AREAS =
      List.of("303", "212", "415", "503", "206", "312", "404", "617", "214", "305");

  /** The one toll-free number that is reserved for fiction. */
  static final String TOLL_FREE = "+18005550199";

  private Numbers() {}

  /** A number of somebody who is called or calls, in E.164. */
  static String somebody(Dice dice) {
    return number(dice.pick(AREAS), dice.below(100));
  }

  /** A number that an account calls from: always one of the same few. */
  static String ofAccount(String account, Dice dice) {
    return number(AREAS.get(Math.floorMod(account.hashCode(), AREAS.size())), dice.below(4));
  }

  /** How a call between two of these is rated: an area code is a state here. */
  static Zone zone(String from, String to) {
    if (to.equals(TOLL_FREE)) {
      return Zone.TOLLFREE;
    }
    return from.regionMatches(2, to, 2, 3) ? Zone.INTRASTATE : Zone.INTERSTATE;
  }

  private static String number(String area, int last) {
    return "+1%s55501%02d".formatted(area, last);
  }
}
