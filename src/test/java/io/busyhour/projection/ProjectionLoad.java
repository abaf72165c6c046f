package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;

import io.busyhour.boot.Database;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.label.Contained;
import io.busyhour.projection.calls.JpaBook;
import io.busyhour.projection.calls.facts.Patience;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints how much CPU time of its thread an event costs the projection on an H2 file, without the
 * reading of the journal. Arguments: how many calls of four events each to measure (default 20000),
 * and the folder to use (default: a temporary one).
 */
public final class ProjectionLoad {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final int EVENTS = 4;
  private static final int OPEN = 20_000;
  private static final int TOGETHER = 2_000;
  private static final int APART = 500;

  private ProjectionLoad() {}

  /** Runs all measurements, one after the other. */
  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("projection-load");
    measure("a call's events together", folder.resolve("together"), TOGETHER, 1, calls);
    measure("each of another open call", folder.resolve("apart"), APART, OPEN, calls);
    measure("the same, larger batches", folder.resolve("larger"), TOGETHER, OPEN, calls);
  }

  /** Each call's four events come evenly over the time in which so many others begin. */
  private static void measure(String what, Path folder, int batch, int open, int calls)
      throws Exception {
    ListJournal journal = new ListJournal(START, batch);
    String url = "jdbc:h2:file:" + folder.resolve("busyhour").toAbsolutePath();
    try (Database database = Database.open(url, "sa", "");
        EntityManagerFactory entities =
            Persistence.createEntityManagerFactory(
                "busyhour",
                Map.of("jakarta.persistence.nonJtaDataSource", database.dataSource()))) {
      JpaBook book = new JpaBook(entities, Patience.of(Duration.ofSeconds(30)));
      Clock clock = Clock.systemUTC();
      Meters meters = Meters.create(10_000, clock);
      try (Contained collectors = Stage.collectors(meters);
          Runner runner =
              new Runner(
                  journal, book, meters, Stage.folds(meters, collectors, clock, line -> {}))) {
        runner.start();
        int warm = open + calls;
        receive(journal, open, 0, warm);
        waitFor(runner, journal);
        long cpu = cpuNanos();
        long from = journal.tip().position();
        receive(journal, open, warm, warm + calls);
        waitFor(runner, journal);
        long events = journal.tip().position() - from;
        System.out.printf("%-28s %6.2f us CPU an event%n", what, (cpuNanos() - cpu) / 1e3 / events);
      }
    }
  }

  private static void receive(ListJournal journal, int open, int from, int to) {
    synchronized (journal) { // so that batches are full
      for (int newest = from; newest < to; newest++) {
        for (int event = 0; event < EVENTS; event++) {
          int call = newest - event * open / EVENTS;
          if (call >= 0) {
            journal.receive(event(call, event, START.plusMillis(newest + event)));
          }
        }
        journal.pass(Duration.ofMillis(1));
      }
    }
  }

  private static Occurrence event(int call, int event, Instant time) {
    Map<String, Object> data = new HashMap<>();
    byte[] seed = Integer.toString(call).getBytes(StandardCharsets.UTF_8);
    data.put("call_id", UUID.nameUUIDFromBytes(seed).toString());
    return switch (event) {
      case 0 -> said("call.initiated", time, beginning(call, data));
      case 1 -> {
        data.put("pdd_ms", 1000.5 + call % 700);
        yield said("call.ringing", time, data);
      }
      case 2 -> {
        data.put("answered_by", "human");
        yield said("call.answered", time, data);
      }
      default -> said("call.ended", time, end(call, data));
    };
  }

  private static Map<String, Object> beginning(int call, Map<String, Object> data) {
    data.put("account", "acct-" + call % 7);
    data.put("campaign_id", "camp-" + call % 50);
    data.put("user_id", "user-" + call % 10);
    data.put("direction", "outbound");
    data.put("trunk", "trunk-" + call % 5);
    data.put("from", "+1303555%04d".formatted(call % 10_000));
    data.put("to", "+1212555%04d".formatted(call * 7 % 10_000));
    return data;
  }

  private static Map<String, Object> end(int call, Map<String, Object> data) {
    data.put("outcome", List.of("completed", "busy", "no_answer", "completed").get(call % 4));
    data.put("duration_seconds", call % 4 % 3 == 0 ? 5.0 + call % 90 : 0);
    data.put("sip_code", 200);
    data.put("cost", "0.0137");
    data.put("has_transcript", call % 4 == 0);
    return data;
  }

  private static void waitFor(Runner runner, ListJournal journal) {
    while (runner.progress().position() < journal.tip().position()) {
      if (runner.progress().failure() != null) {
        throw new IllegalStateException("the projection stands: " + runner.progress().failure());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(t -> t != null && t.getThreadName().equals("projection"))
        .mapToLong(t -> threads.getThreadCpuTime(t.getThreadId()))
        .sum();
  }
}
