package io.busyhour.deliver.subscription;

import io.busyhour.event.EventType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The types of events that partners may subscribe to: what happened on somebody's phone system, and
 * not how Busyhour heard of it.
 */
public final class Topics {
  /**
   * What begins the types of what is no partner's business: deliveries (they would be about
   * themselves), measurements, and callbacks and answers that stand for no event of their own.
   */
  private static final Set<String> OURS =
      Set.of("webhook", "statsd", "line", "twilio", "switch", "livekit");

  private static final List<String> NAMES =
      Arrays.stream(EventType.values())
          .filter(Topics::has)
          .map(EventType::wireName)
          .sorted()
          .toList();

  private Topics() {}

  /** Whether a type may be subscribed to. */
  public static boolean has(EventType type) {
    return !OURS.contains(type.wireName().split("\\.", 2)[0]);
  }

  /** Whether these are all types that may be subscribed to. */
  public static boolean hasAll(Collection<String> types) {
    return NAMES.containsAll(types);
  }

  /** The names of all, such as {@code call.ended}, in alphabetic order. */
  public static List<String> names() {
    return NAMES;
  }
}
