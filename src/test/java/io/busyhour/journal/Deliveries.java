package io.busyhour.journal;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Deliveries for tests of the journal, which does not care what they say. */
final class Deliveries {
  static final Instant TIME = Instant.parse("2026-11-20T08:00:00.123456Z");

  private Deliveries() {}

  static Delivery of(String source, String id) {
    return at(TIME, source, id);
  }

  static Delivery at(Instant time, String source, String id) {
    return Delivery.of(new EventKey(source, id), ringing(time, Map.of()));
  }

  /** A delivery whose event has further fields. */
  static Delivery with(String id, Map<String, Object> data) {
    return Delivery.of(new EventKey("test", id), ringing(TIME, data));
  }

  /** A delivery of several events. */
  static Delivery several(String id, int events) {
    List<Occurrence> occurrences =
        IntStream.range(0, events).mapToObj(i -> ringing(TIME.plusSeconds(i), Map.of())).toList();
    return new Delivery(new EventKey("test", id), occurrences, true);
  }

  /** Deliveries of the source "test" whose ids are numbers. */
  static List<Delivery> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> of("test", "id-" + i)).toList();
  }

  private static Occurrence ringing(Instant time, Map<String, Object> more) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("call_id", "CA1");
    data.put("pdd_ms", 1493);
    data.putAll(more);
    return new Occurrence(time, EventType.CALL_RINGING.read(data), data);
  }
}
