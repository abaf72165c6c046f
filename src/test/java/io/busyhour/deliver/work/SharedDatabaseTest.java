package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.Databases;
import io.busyhour.deliver.Databases.Kind;
import io.busyhour.deliver.outbox.Belonging;
import io.busyhour.deliver.send.HostileReceiver;
import io.busyhour.deliver.send.HttpSender;
import io.busyhour.deliver.send.SendSettings;
import io.busyhour.deliver.subscription.Draft;
import io.busyhour.deliver.subscription.Filter;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.deliver.subscription.Subscription.State;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalSettings;
import io.busyhour.journal.SqlJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes deliver from one PostgreSQL. */
class SharedDatabaseTest {
  private static final int COUNT = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Clock CLOCK = Clock.systemUTC();

  /** What a process has of its own. */
  private static final class Member implements AutoCloseable {
    private final Journal journal;
    private final Subscriptions subscriptions;
    private final Webhooks webhooks;

    Member(Databases database, String worker, Clock subscribed) {
      Meters meters = Meters.create(100, CLOCK);
      journal = new SqlJournal(database.dataSource(), JournalSettings.DEFAULT, meters);
      subscriptions =
          new Subscriptions(database.dataSource(), new SecureRandom(), subscribed, Duration.ZERO);
      WorkSettings usual = Work.settings(0, Duration.ofSeconds(1));
      webhooks =
          new Webhooks(
              database.dataSource(),
              journal,
              subscriptions,
              new HttpSender(new SendSettings(TIMEOUT, true, List.of(), 64)),
              usual,
              CLOCK,
              () -> number(database, "select position from journal_tip"),
              callId -> Belonging.UNKNOWN,
              worker,
              meters,
              100);
      webhooks.start();
    }

    @Override
    public void close() {
      webhooks.close();
      journal.close();
    }
  }

  private static long number(Databases database, String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void untilAllAre(Databases database, String state) {
    String count = "select count(*) from webhook_outbox where state = '%s'".formatted(state);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (number(database, count) < COUNT && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(number(database, count)).isEqualTo(COUNT);
  }

  private static List<Delivery> ends(int from, int to) {
    Instant now = CLOCK.instant();
    return IntStream.range(from, to)
        .mapToObj(
            i -> {
              Map<String, Object> data = Map.of("call_id", "c" + i, "outcome", "busy");
              return Delivery.of(
                  new EventKey("test", "e" + i),
                  new Occurrence(now, EventType.CALL_ENDED.read(data), data));
            })
        .toList();
  }

  /** As one that is opened now sees them: a journal that is open need not know of the other's. */
  private static List<Entry> entries(Databases database) {
    List<Entry> all = new ArrayList<>();
    Meters meters = Meters.create(100, CLOCK);
    try (Journal journal = new SqlJournal(database.dataSource(), JournalSettings.DEFAULT, meters)) {
      List<Entry> some = journal.read(0, COUNT);
      while (!some.isEmpty()) {
        all.addAll(some);
        some = journal.read(some.getLast().position(), COUNT);
      }
    }
    return all;
  }

  @Test
  void twoProcesses_shareWhatIsQueued_andDeliverNothingTwice(@TempDir Path folder)
      throws Exception {
    try (Databases database = Databases.open(Kind.POSTGRESQL, folder);
        HostileReceiver receiver =
            new HostileReceiver(
                (request, wire) ->
                    wire.pause(Duration.ofMillis(10))
                        && HostileReceiver.status(200).answer(request, wire));
        // Its clock is ahead: what is received by the other's is not before the subscription.
        Member one = new Member(database, "one", Clock.offset(CLOCK, Duration.ofHours(1)));
        Member other = new Member(database, "other", CLOCK)) {
      Filter calls = new Filter(Set.of("call.ended"), Set.of(), Set.of());
      Subscription made =
          one.subscriptions.create(new Draft("acme", receiver.url("/hooks"), calls, false, 0));
      one.subscriptions.change(made.id(), before -> before.in(State.PAUSED));
      one.journal.append(ends(0, COUNT / 2));
      other.journal.append(ends(COUNT / 2, COUNT));
      untilAllAre(database, "PENDING");
      other.subscriptions.change(made.id(), before -> before.in(State.ACTIVE));
      one.subscriptions.tellChange();
      untilAllAre(database, "DELIVERED");
      assertThat(receiver.got())
          .extracting(got -> got.header("webhook-id"))
          .hasSize(COUNT)
          .doesNotHaveDuplicates();
      assertThat(receiver.got())
          .extracting(got -> got.body().replaceAll(".*\"call_id\":\"(c\\d+)\".*", "$1"))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, COUNT).mapToObj(i -> "c" + i).toList());
      List<Attempted> attempts =
          entries(database).stream()
              .map(entry -> entry.delivery().occurrences().getFirst().event())
              .filter(Attempted.class::isInstance)
              .map(Attempted.class::cast)
              .toList();
      assertThat(attempts).hasSize(COUNT).extracting(Attempted::attempt).containsOnly(1);
      assertThat(attempts).extracting(Attempted::workerId).contains("one", "other");
    }
  }
}
