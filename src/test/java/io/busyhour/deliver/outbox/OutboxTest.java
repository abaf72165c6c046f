package io.busyhour.deliver.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.Databases;
import io.busyhour.deliver.Databases.Kind;
import io.busyhour.deliver.subscription.Draft;
import io.busyhour.deliver.subscription.Filter;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent.Queued;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.FaultyDatabase;
import io.busyhour.journal.FaultyDatabase.Fault;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalSettings;
import io.busyhour.journal.SqlJournal;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Set<String> NONE = Set.of();

  @TempDir private Path folder;
  private final InstantSource clock = InstantSource.system();
  private Databases databases;
  private FaultyDatabase database;
  private Journal journal;
  private Subscriptions subscriptions;
  private Outbox outbox;

  @BeforeEach
  void open() {
    databases = Databases.open(Kind.H2, folder);
    database = new FaultyDatabase(databases.dataSource());
    Meters meters = Meters.create(100, Clock.systemUTC());
    journal = new SqlJournal(databases.dataSource(), JournalSettings.DEFAULT, meters, clock);
    subscriptions =
        new Subscriptions(databases.dataSource(), new SecureRandom(), clock, Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    if (outbox != null) {
      outbox.close();
    }
    journal.close();
    databases.close();
  }

  private void start() {
    outbox =
        new Outbox(
            database,
            journal,
            subscriptions::all,
            () -> journal.tip().position(),
            call -> call.equals("known") ? new Belonging("acme", "t1") : Belonging.UNKNOWN,
            clock,
            ids -> {});
    outbox.start();
  }

  private Subscription subscribe(String partner, Set<String> accounts, Set<String> trunks) {
    Filter filter = new Filter(Set.of("call.ended"), accounts, trunks);
    return subscriptions.create(
        new Draft(partner, URI.create("https://example.com/"), filter, false, 0));
  }

  private void end(String id, Map<String, ?> data) {
    Occurrence said = new Occurrence(Instant.now(), EventType.CALL_ENDED.read(data), data);
    journal.append(List.of(Delivery.of(new EventKey("test", id), said)));
  }

  private void end(String call) {
    end(call, Map.of("call_id", call, "outcome", "busy"));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /** Partner and payload's call of what is queued, in the order in which it is due. */
  private List<String> queued() {
    List<String> queued = new ArrayList<>();
    try (Connection connection = databases.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select partner_id, payload from webhook_outbox order by due_at")) {
      while (row.next()) {
        String payload = row.getString(2);
        queued.add(row.getString(1) + " " + payload.replaceAll(".*\"call_id\":\"(.*?)\".*", "$1"));
      }
      return queued;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitRead() {
    await(() -> outbox.position() >= journal.tip().position());
  }

  private long said() {
    return journal.read(0, 10_000).stream()
        .flatMap(entry -> entry.delivery().occurrences().stream())
        .filter(occurrence -> occurrence.event() instanceof Queued)
        .count();
  }

  @Test
  void event_isQueuedForEachSubscriptionThatItIsFor_inOrder() {
    subscribe("all", NONE, NONE);
    subscribe("acme", Set.of("acme"), NONE);
    subscribe("t2", NONE, Set.of("t2", "t3"));
    start();
    end("one", Map.of("call_id", "one", "outcome", "busy", "account", "acme", "trunk", "t2"));
    end("known");
    end("unknown");
    await(() -> queued().size() >= 5);
    awaitRead();
    assertThat(queued())
        .containsExactly("all one", "acme one", "t2 one", "all known", "acme known", "all unknown");
    assertThat(said()).isEqualTo(6);
  }

  @Test
  void event_ofBeforeTheSubscription_isNotQueued() {
    end("before");
    subscribe("all", NONE, NONE);
    start();
    end("after");
    await(() -> !queued().isEmpty());
    awaitRead();
    assertThat(queued()).containsExactly("all after");
  }

  @Test
  void commit_fails_isMadeOnceMore_andQueuesOnce() {
    subscribe("all", NONE, NONE);
    for (Fault fault : new Fault[] {Fault.COMMIT_FAILS, Fault.COMMIT_UNHEARD}) {
      database.set(fault);
      if (outbox == null) {
        start();
      }
      end("call of " + fault);
      long said = said();
      await(() -> said() > said);
      database.set(Fault.NONE);
      awaitRead();
    }
    assertThat(queued()).hasSize(2).doesNotHaveDuplicates();
    assertThat(said()).isEqualTo(2);
  }

  @Test
  void outbox_startedAgain_goesOnWhereItWas() {
    subscribe("all", NONE, NONE);
    start();
    end("one");
    await(() -> queued().size() == 1);
    awaitRead();
    outbox.close();
    end("two");
    start();
    await(() -> queued().size() >= 2);
    awaitRead();
    assertThat(queued()).containsExactly("all one", "all two");
  }
}
