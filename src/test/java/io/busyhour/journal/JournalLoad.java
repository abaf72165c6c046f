package io.busyhour.journal;

import io.busyhour.boot.Database;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints how many entries a second a journal on an H2 file takes and gives back. Arguments: how
 * many entries (default 200000), and the folder to use (default: a temporary one).
 */
public final class JournalLoad {
  private static final int GROUP = 500;
  private static final int SINGLES = 64;

  private JournalLoad() {}

  /** Runs all measurements, one after the other. */
  public static void main(String[] arguments) throws Exception {
    int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("journal-load");
    measure("to get warm", folder, false, GROUP, 1, entries / 2);
    for (boolean powerSafe : new boolean[] {false, true}) {
      measure("groups of 500, one client", folder, powerSafe, GROUP, 1, entries);
      measure("groups of 500, four clients", folder, powerSafe, GROUP, 4, entries);
      measure("single appends, 64 clients", folder, powerSafe, 1, SINGLES, entries / 5);
    }
  }

  private static void measure(
      String what, Path folder, boolean powerSafe, int size, int clients, int entries)
      throws Exception {
    Path data = Files.createDirectories(folder.resolve("load"));
    String url = "jdbc:h2:file:" + data.resolve("busyhour").toAbsolutePath();
    JournalSettings defaults = JournalSettings.DEFAULT;
    JournalSettings settings =
        new JournalSettings(
            defaults.maxWaiting(),
            defaults.maxGroup(),
            defaults.recent(),
            defaults.maxSources(),
            defaults.idleCommit(),
            powerSafe);
    try (Database database = Database.open(url, "sa", "");
        Journal journal = new SqlJournal(database.dataSource(), settings, meters())) {
      long start = System.nanoTime();
      double cpu = cpuSeconds();
      append(journal, size, clients, entries);
      double written = seconds(start);
      cpu = cpuSeconds() - cpu;
      start = System.nanoTime();
      int read = read(journal);
      System.out.printf(
          "%-28s %-10s %,9.0f entries/s appended (%4.1f us CPU each), %,9.0f entries/s read%n",
          what,
          powerSafe ? "with fsync" : "no fsync",
          entries / written,
          1e6 * cpu / entries,
          read / seconds(start));
    }
    delete(data);
  }

  private static void append(Journal journal, int size, int clients, int entries) throws Exception {
    AtomicInteger left = new AtomicInteger(entries / size);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        all.add(
            threads.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    journal.append(IntStream.range(0, size).mapToObj(i -> delivery()).toList());
                  }
                }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
  }

  private static int read(Journal journal) {
    int count = 0;
    List<Entry> entries = journal.read(0, 2_000);
    while (!entries.isEmpty()) {
      count += entries.size();
      entries = journal.read(entries.getLast().position(), 2_000);
    }
    return count;
  }

  private static Delivery delivery() {
    String id = UUID.randomUUID().toString();
    Map<String, Object> data =
        Map.of(
            "call_id", id,
            "outcome", "completed",
            "duration_seconds", 42.5,
            "sip_code", 200,
            "campaign_id", "C12",
            "user_id", "u1",
            "cost", "0.0123");
    return Delivery.of(
        new EventKey("https://dialer.example.com/eu1", id),
        new Occurrence(Instant.EPOCH, EventType.CALL_ENDED.read(data), data));
  }

  private static Meters meters() {
    return Meters.create(1_000, Clock.systemUTC());
  }

  /**
   * What this process used on all cores: unlike the rates, others on the machine change it little.
   */
  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
