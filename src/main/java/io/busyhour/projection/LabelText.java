package io.busyhour.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Label values as one column holds them: a JSON array of texts. */
public final class LabelText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LabelText() {}

  /** The text of these values. */
  public static String write(List<String> labels) {
    try {
      return JSON.writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("label values cannot be written", e);
    }
  }

  /** The values of a text that {@link #write} made. */
  public static List<String> read(String text) {
    try {
      return List.of(JSON.readValue(text, String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("label values cannot be read: " + text, e);
    }
  }
}
