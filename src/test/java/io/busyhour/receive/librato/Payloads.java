package io.busyhour.receive.librato;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What drains sent, from the test's resources. */
final class Payloads {
  private Payloads() {}

  static byte[] bytes(String name) {
    try (InputStream in = Payloads.class.getResourceAsStream("/payloads/librato/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** A frame of the right length. */
  static String frame(String time, String process, String message) {
    String content = "<190>1 %s host app %s - %s\n".formatted(time, process, message);
    return content.getBytes(StandardCharsets.UTF_8).length + " " + content;
  }
}
