package io.busyhour.boot.settings;

import io.busyhour.http.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The file that {@code busyhour.tokens} names. */
public final class TokenFile {
  private TokenFile() {}

  /** Reads the file, or names all faults in it by line. */
  public static Tokens read(Path file) {
    try {
      Tokens tokens = Tokens.parse(Files.readAllLines(file));
      if (tokens.isEmpty()) {
        throw fault(file, "at least one token; without any, leave busyhour.tokens out");
      }
      return tokens;
    } catch (IOException e) {
      throw fault(file, "a readable file of tokens");
    } catch (IllegalArgumentException e) {
      throw new InvalidConfiguration(
          Stream.of(e.getMessage().split("\n", -1))
              .map(line -> "busyhour.tokens: " + file + ": " + line)
              .toList());
    }
  }

  private static InvalidConfiguration fault(Path file, String expected) {
    return new InvalidConfiguration(
        List.of("busyhour.tokens: \"%s\" (expected: %s)".formatted(file, expected)));
  }
}
