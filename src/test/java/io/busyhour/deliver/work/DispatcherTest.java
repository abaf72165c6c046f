package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.Databases;
import io.busyhour.deliver.Databases.Kind;
import io.busyhour.deliver.outbox.Lost;
import io.busyhour.deliver.outbox.Queue;
import io.busyhour.deliver.send.Answer;
import io.busyhour.deliver.send.Sender;
import io.busyhour.deliver.subscription.Draft;
import io.busyhour.deliver.subscription.Filter;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.journal.MemoryJournal;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final WorkSettings SETTINGS =
      new WorkSettings(
          List.of(Duration.ofMillis(10)),
          0,
          1,
          Duration.ofSeconds(60),
          1,
          1,
          Duration.ofSeconds(10),
          Duration.ofDays(1));

  private final InstantSource clock = InstantSource.system();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final AtomicInteger sent = new AtomicInteger();
  private Databases database;
  private Subscriptions subscriptions;
  private Dispatcher dispatcher;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Databases.open(Kind.H2, folder);
    subscriptions =
        new Subscriptions(database.dataSource(), new SecureRandom(), clock, Duration.ZERO);
  }

  @AfterEach
  void close() {
    dispatcher.close();
    database.close();
  }

  private void start(Dispatcher.Subscribers subscribers, Answers answers) {
    Sender sender =
        new Sender() {
          @Override
          public Answer send(Subscription to, String deliveryId, String payload) {
            sent.incrementAndGet();
            return answers.next();
          }

          @Override
          public void close() {}
        };
    dispatcher =
        new Dispatcher(
            new Queue(database.dataSource()),
            subscribers,
            sender,
            journal,
            SETTINGS,
            clock,
            new Random(1),
            "worker",
            id -> {});
    dispatcher.start();
  }

  private interface Answers {
    Answer next();
  }

  private String subscribe() {
    Filter calls = new Filter(Set.of("call.ended"), Set.of(), Set.of());
    URI url = URI.create("http://localhost/hooks");
    return subscriptions.create(new Draft("acme", url, calls, false, 0)).id();
  }

  private void queue(String subscriptionId, int count) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    for (int i = 0; i < count; i++) {
      database.run(
          ("insert into webhook_outbox (delivery_id, subscription_id, partner_id, event_type,"
                  + " payload, state, queued_at, due_at, attempts, spent) values"
                  + " ('%s-%d', '%s', 'acme', 'call.ended', '{}', 'PENDING', %d, %d, 0, 0)")
              .formatted(subscriptionId, i, subscriptionId, now, now));
    }
  }

  private long count(String where) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from webhook_outbox where " + where)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void close_whileAttemptsAreUnderWay_givesBackAllThatWasNotAttempted() throws Exception {
    queue(subscribe(), 6);
    CountDownLatch answered = new CountDownLatch(1);
    start(
        subscriptions::all,
        () -> {
          await(answered);
          return Work.status(200);
        });
    until(() -> sent.get() == 1);
    Thread closing = Thread.ofPlatform().start(dispatcher::close);
    until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    answered.countDown();
    closing.join(PATIENCE);
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    assertThat(sent).hasValue(1);
    assertThat(count("state = 'DELIVERED'")).isEqualTo(1);
    assertThat(count("state = 'PENDING' and due_at <= " + now)).isEqualTo(5);
  }

  @Test
  void delivery_givenUpWhileItIsMade_isDeliveredAllTheSame() throws SQLException {
    queue(subscribe(), 1);
    CountDownLatch answered = new CountDownLatch(1);
    start(
        subscriptions::all,
        () -> {
          await(answered);
          return Work.status(200);
        });
    until(() -> sent.get() == 1);
    Instant now = clock.instant();
    Lost lost = new Lost(database.dataSource(), journal);
    assertThat(lost.giveUpBefore(now.plusSeconds(1), now)).isEqualTo(1);
    assertThat(count("state = 'DEAD' and reason = 'expired'")).isEqualTo(1);
    answered.countDown();
    until(() -> count("state = 'DELIVERED' and reason is null and attempts = 1") == 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void attempt_thatThrows_isAFailedOneAndLeavesItsPlace() {
    queue(subscribe(), 3);
    start(
        subscriptions::all,
        () -> {
          throw new IllegalStateException("broken");
        });
    until(() -> count("state = 'DEAD' and attempts = 1") == 3);
  }

  @Test
  void subscribers_cannotBeRead_areNotReadAgainAtOnce() {
    AtomicInteger reads = new AtomicInteger();
    long begin = System.nanoTime();
    start(
        () -> {
          reads.incrementAndGet();
          throw new SQLException("broken");
        },
        () -> Work.status(200));
    until(() -> reads.get() >= 3);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1500));
  }

  @Test
  void giveUp_ofASubscriptionThatGoesOn_givesUpNothing() throws SQLException {
    String id = subscribe();
    queue(id, 2);
    start(List::of, () -> Work.status(200));
    Lost lost = new Lost(database.dataSource(), journal);
    // As by somebody who read the subscriptions before there was this one.
    assertThat(lost.giveUp(id, clock.instant(), "deleted")).isZero();
    assertThat(count("state = 'PENDING'")).isEqualTo(2);
    assertThat(subscriptions.delete(id)).isTrue();
    assertThat(lost.giveUp(id, clock.instant(), "deleted")).isEqualTo(2);
  }
}
