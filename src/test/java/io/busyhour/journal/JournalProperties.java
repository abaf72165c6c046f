package io.busyhour.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.boot.Database;
import io.busyhour.event.Delivery;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal.Appended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is delivered, however often and in whatever groups: each key once, the same ledger. */
class JournalProperties {
  private static Path folder;
  private static Database database;
  private static Journal journal;
  private static int round;

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("journal-properties");
    database = Database.open("jdbc:h2:file:" + folder.resolve("busyhour"), "sa", "");
    // Few entries in memory, so that the rounds read from the table, too.
    JournalSettings settings =
        new JournalSettings(1_000, 20, 10, 1_000_000, JournalSettings.DEFAULT.idleCommit(), false);
    // Keys are merged after every few, so that those of a round are in memory, in the table, or
    // both.
    Meters meters = Meters.create(9, Clock.systemUTC());
    journal =
        new SqlJournal(
            database.dataSource(), settings, meters, InstantSource.system(), System::nanoTime, 1);
  }

  @AfterContainer
  static void close() throws IOException {
    journal.close();
    database.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Calls of append, each of some ids out of few, so that they repeat within and across calls. */
  @Provide
  Arbitrary<List<List<Integer>>> calls() {
    return Arbitraries.integers().between(0, 12).list().ofMaxSize(15).list().ofMaxSize(8);
  }

  @Property(tries = 200)
  void append_anyRepeatsInAnyGroups_eachKeyOnceAndTheSameLedger(
      @ForAll("calls") List<List<Integer>> calls) {
    // A source for each round keeps the rounds apart in one journal.
    String source = "round-" + round++;
    long before = journal.tip().position();
    Map<Integer, Long> accepted = new TreeMap<>();
    for (List<Integer> ids : calls) {
      List<Delivery> deliveries = ids.stream().map(id -> Deliveries.of(source, "" + id)).toList();
      List<Appended> answers = journal.append(deliveries);
      for (int i = 0; i < ids.size(); i++) {
        accepted.merge(ids.get(i), answers.get(i) == Appended.NEW ? 1L : 0L, Long::sum);
      }
    }
    assertThat(accepted.values()).allMatch(times -> times == 1);

    List<Integer> order = calls.stream().flatMap(List::stream).distinct().toList();
    assertThat(read(before))
        .extracting(entry -> entry.delivery().key().id())
        .isEqualTo(order.stream().map(String::valueOf).toList());

    long delivered = calls.stream().mapToLong(List::size).sum();
    assertThat(ledger(source))
        .isEqualTo(
            delivered == 0
                ? List.of()
                : List.of(
                    new LedgerLine(
                        source,
                        order.size(),
                        delivered - order.size(),
                        Map.of(),
                        Deliveries.TIME)));
  }

  private static List<Entry> read(long after) {
    List<Entry> all = new ArrayList<>();
    List<Entry> some = journal.read(after, 7);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = journal.read(all.getLast().position(), 7);
    }
    return all;
  }

  private static List<LedgerLine> ledger(String source) {
    return journal.ledger().stream()
        .filter(line -> line.source().equals(source))
        .collect(Collectors.toList());
  }
}
