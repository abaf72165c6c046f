package io.busyhour.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest extends SqlJournalContract {
  @TempDir private Path folder;

  @Override
  String newUrl() {
    return "jdbc:h2:file:" + folder.resolve("data/busyhour");
  }
}
