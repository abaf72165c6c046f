package io.busyhour.receive.livekit;

import io.busyhour.event.field.Field;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * For whom a room is: the campaign and the user, of the metadata of whoever is in it, else of the
 * room's, else of the room's name.
 */
record RoomFacts(String campaignId, String userId) {
  private static final int LONGEST = 256;

  static RoomFacts of(Said room, String participantMetadata, RoomPattern pattern) {
    Map<String, Object> nearest = object(participantMetadata);
    Map<String, Object> further = object(room.text("metadata"));
    RoomPattern.Found named = pattern.find(room.text("name"));
    return new RoomFacts(
        first("campaign_id", nearest, further, named.campaignId()),
        first("user_id", nearest, further, named.userId()));
  }

  private static String first(
      String key, Map<String, Object> nearest, Map<String, Object> further, String named) {
    String said = text(nearest.get(key));
    if (said == null) {
      said = text(further.get(key));
    }
    return said == null ? text(named) : said;
  }

  /** What cannot be a label is not one: the metadata is somebody else's, and may be anything. */
  private static String text(Object value) {
    String text = value instanceof String || value instanceof Number ? value.toString() : "";
    return text.isEmpty() || text.length() > LONGEST || !Field.isPlain(text) ? null : text;
  }

  private static Map<String, Object> object(String metadata) {
    if (metadata == null || !metadata.startsWith("{")) {
      return Map.of();
    }
    byte[] json = metadata.getBytes(StandardCharsets.UTF_8);
    try {
      return JsonReader.object(json, 0, json.length, json.length + 1);
    } catch (Refusal none) {
      return Map.of();
    }
  }

  /** States them. */
  EventData into(EventData data) {
    return data.put("campaign_id", campaignId).put("user_id", userId);
  }
}
