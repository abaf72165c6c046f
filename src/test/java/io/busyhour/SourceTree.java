package io.busyhour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of this project, for the tests that guard them. */
final class SourceTree {
  private SourceTree() {}

  /** One source file. */
  record Source(Path path, String text) {
    String name() {
      return path.getFileName().toString();
    }

    String folder() {
      return path.getParent().toString();
    }

    List<String> lines() {
      return text.lines().toList();
    }
  }

  static List<Source> main() {
    return below(Path.of("src/main/java"));
  }

  static List<Source> tests() {
    return below(Path.of("src/test/java"));
  }

  static List<Source> all() {
    return Stream.concat(main().stream(), tests().stream()).toList();
  }

  private static List<Source> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(SourceTree::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      return new Source(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
