package io.busyhour.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bodies as senders send them. */
public final class Payloads {
  private static final Path FOLDER = Path.of("src/test/resources/payloads");

  private Payloads() {}

  /** The text of a file, such as {@code kamailio/acc.json}, without its last line feed. */
  public static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file)).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
