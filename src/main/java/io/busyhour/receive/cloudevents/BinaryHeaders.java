package io.busyhour.receive.cloudevents;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Body;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the attributes of an event in binary mode (CloudEvents HTTP binding, section 3.1.3). */
final class BinaryHeaders {
  private static final String PREFIX = "ce-";

  private BinaryHeaders() {}

  static Map<String, Object> attributes(MultivaluedMap<String, String> headers) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    headers.forEach(
        (header, values) -> {
          String name = header.toLowerCase(Locale.ROOT);
          if (name.startsWith(PREFIX)) {
            attributes.put(name.substring(PREFIX.length()), single(name, values));
          }
        });
    return attributes;
  }

  private static String single(String name, List<String> values) {
    if (values.size() != 1) {
      throw new Refusal(
          Reason.INVALID_VALUE, "%s is given %d times".formatted(name, values.size()));
    }
    return decode(name, values.get(0));
  }

  /** Percent-decoding, after undoing the quoted form that some senders use. */
  static String decode(String name, String header) {
    String value = unquoted(header.strip());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        bytes.write(hex(name, value, i));
        i += 2;
      } else if (c <= 0xFF) {
        // Raw UTF-8 is not allowed in headers; where it is sent, it arrives byte by byte.
        bytes.write(c);
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] utf8 = bytes.toByteArray();
    Body.requireUtf8(utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int hex(String name, String value, int percent) {
    if (percent + 2 < value.length()) {
      int high = Character.digit(value.charAt(percent + 1), 16);
      int low = Character.digit(value.charAt(percent + 2), 16);
      if (high >= 0 && low >= 0) {
        return high * 16 + low;
      }
    }
    throw new Refusal(
        Reason.INVALID_VALUE, name + " has a % that two hexadecimal digits do not follow");
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
