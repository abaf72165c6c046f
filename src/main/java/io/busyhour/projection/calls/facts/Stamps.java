package io.busyhour.projection.calls.facts;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers when each fact of a row was said, so that which of two values stands is decided by
 * event time and not by arrival. Written as groups of {@code <time>:<facts>;} in base 36, because
 * most facts of a row were said in few events.
 */
public final class Stamps {
  private static final int RADIX = 36;

  private final EnumMap<Fact, Long> times = new EnumMap<>(Fact.class);

  public static Stamps parse(String text) {
    Stamps stamps = new Stamps();
    if (text != null && !text.isEmpty()) {
      for (String group : text.split(";", -1)) {
        int colon = group.indexOf(':');
        long time = Long.parseLong(group.substring(0, colon), RADIX);
        for (int i = colon + 1; i < group.length(); i++) {
          stamps.times.put(Fact.of(group.charAt(i)), time);
        }
      }
    }
    return stamps;
  }

  /**
   * The value that stands of two, and when it was said is remembered. A null says nothing. At the
   * same time the smaller value stands, so that no order of arrival matters.
   */
  public <T extends Comparable<? super T>> T merge(Fact fact, T held, T said, long at) {
    if (said == null) {
      return held;
    }
    Long heldAt = times.get(fact);
    if (held != null && heldAt != null && !wins(fact, held, heldAt, said, at)) {
      return held;
    }
    times.put(fact, at);
    return said;
  }

  private static <T extends Comparable<? super T>> boolean wins(
      Fact fact, T held, long heldAt, T said, long at) {
    if (at == heldAt) {
      return said.compareTo(held) < 0;
    }
    return fact.latestStands() ? at > heldAt : at < heldAt;
  }

  @Override
  public String toString() {
    TreeMap<Long, StringBuilder> groups = new TreeMap<>();
    for (Map.Entry<Fact, Long> e : times.entrySet()) {
      groups.computeIfAbsent(e.getValue(), t -> new StringBuilder()).append(e.getKey().letter());
    }
    StringBuilder out = new StringBuilder();
    groups.forEach(
        (time, facts) ->
            out.append(out.isEmpty() ? "" : ";")
                .append(Long.toString(time, RADIX))
                .append(':')
                .append(facts));
    return out.toString();
  }
}
