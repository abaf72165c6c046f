package io.busyhour.receive.livekit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the LiveKit door may be told.
 *
 * @param keys the secrets of each API key: several while one is replaced; none leaves the door shut
 * @param rooms what the names of rooms say
 */
public record LivekitSettings(Map<String, List<String>> keys, RoomPattern rooms) {
  /** Keeps the keys from changing. */
  public LivekitSettings {
    keys = Map.copyOf(keys);
  }

  /**
   * Reads API keys as {@code key:secret}, with commas between them.
   *
   * @throws IllegalArgumentException where one has no secret; it names neither
   */
  public static Map<String, List<String>> keys(String text) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      String key = pair.substring(0, Math.max(colon, 0)).strip();
      String secret = pair.substring(colon + 1).strip();
      if (key.isEmpty() || secret.isEmpty()) {
        throw new IllegalArgumentException("expected: key:secret, with commas between several");
      }
      keys.computeIfAbsent(key, k -> new ArrayList<>()).add(secret);
    }
    return keys;
  }

  /** Says how many keys there are. */
  @Override
  public String toString() {
    return "LivekitSettings[" + keys.size() + " keys]";
  }
}
