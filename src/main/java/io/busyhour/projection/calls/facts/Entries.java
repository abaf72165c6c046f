package io.busyhour.projection.calls.facts;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Arrays;
import java.util.List;

/**
 * The journal's entries that a row is made of, by their positions. They stand in the row itself: a
 * table of them would cost each event two more rows to write, and be left behind by rows that are
 * deleted. Of very many the first and the latest few hundred are kept.
 */
@Embeddable
public class Entries {
  private static final int RADIX = 36;
  private static final int MOST_CHARS = 8_000;

  private static final char GAP = ' ';

  @Column(name = "entries")
  private String listed;

  @Column(name = "entries_left_out")
  private int leftOut;

  /** Lists a position, unless it is the latest one already; 0 is none. */
  public void add(long position) {
    String word = Long.toString(position, RADIX);
    if (position == 0 || (listed != null && listed.substring(lastWord()).equals(word))) {
      return;
    }
    listed = listed == null ? word : listed + GAP + word;
    if (listed.length() > MOST_CHARS) {
      int from = listed.indexOf(GAP, MOST_CHARS / 2);
      listed = listed.substring(0, from) + listed.substring(listed.indexOf(GAP, from + 1));
      leftOut++;
    }
  }

  private int lastWord() {
    return listed.lastIndexOf(GAP) + 1;
  }

  /** The positions, in the order in which they were taken in. */
  public List<Long> positions() {
    return listed == null
        ? List.of()
        : Arrays.stream(listed.split(" ", -1)).map(word -> Long.valueOf(word, RADIX)).toList();
  }

  /** How many more entries there were. */
  public int leftOut() {
    return leftOut;
  }
}
