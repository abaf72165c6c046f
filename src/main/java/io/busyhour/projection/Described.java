package io.busyhour.projection;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the log says of an entry: where it is, who sent it, what it is and of which call. */
final class Described {
  private Described() {}

  static Map<String, Object> of(Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("position", entry.position());
    fields.put("source", entry.delivery().key().source());
    for (Occurrence occurrence : entry.delivery().occurrences()) {
      fields.putIfAbsent("event", occurrence.event().type().wireName());
      if (occurrence.event() instanceof CallEvent event) {
        fields.putIfAbsent("call_id", event.callId());
      }
    }
    return fields;
  }
}
