package io.busyhour.journal;

import static io.busyhour.journal.Journal.Appended.DUPLICATE;
import static io.busyhour.journal.Journal.Appended.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.journal.FaultyDatabase.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest extends SqlJournalContract {
  @TempDir private Path folder;

  @Override
  String newUrl() {
    return "jdbc:h2:file:" + folder.resolve("data/busyhour");
  }

  @Test
  void append_diskFailsAfterTheCommit_waitsUntilItIsOnTheDisk() throws Exception {
    openWithoutIdleCommits(true);
    faulty.set(Fault.SYNC_FAILS);
    journal.refuse("test", "malformed", 1);
    Waiting append = Waiting.in(() -> journal.append(Deliveries.numbered(0, 2)));
    Eventually.holds("failure noticed", () -> !journal.isOpen());
    assertThatThrownBy(() -> journal.append(Deliveries.numbered(2, 3)))
        .isInstanceOf(JournalUnavailable.class);
    assertThat(journal.tip().position()).isZero();
    faulty.set(Fault.NONE);
    assertThat(journal.append(Deliveries.numbered(1, 3))).containsExactly(DUPLICATE, NEW);
    assertThat(append.answer()).containsExactly(NEW, NEW);
    Map<String, Long> rejected = Map.of("malformed", 1L);
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("test", 3, 1, rejected, Deliveries.TIME));
  }
}
