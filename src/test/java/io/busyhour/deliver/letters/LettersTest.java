package io.busyhour.deliver.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.Databases;
import io.busyhour.deliver.Databases.Kind;
import io.busyhour.deliver.Page;
import io.busyhour.deliver.Place;
import io.busyhour.deliver.letters.Letter.State;
import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.outbox.Lost;
import io.busyhour.deliver.outbox.Queue;
import io.busyhour.journal.HandClock;
import io.busyhour.journal.MemoryJournal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

class LettersTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final LetterFilter ANY = new LetterFilter(null, null, null, null, null);
  private static final List<State> STATES = Arrays.asList(State.values());

  @Nested
  class OnH2 extends Contract {
    OnH2() {
      super(Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Contract {
    OnPostgresql() {
      super(Kind.POSTGRESQL);
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Contract {
    private final Kind kind;
    private final HandClock clock = new HandClock(NOON);
    private final AtomicInteger told = new AtomicInteger();
    private Databases database;
    private Letters letters;
    private Redelivery redelivery;

    Contract(Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open(@TempDir Path folder) {
      database = Databases.open(kind, folder);
      letters = new Letters(database.dataSource());
      redelivery = new Redelivery(database.dataSource(), clock, told::incrementAndGet);
      subscription("goes-on", "ACTIVE");
      subscription("rests", "PAUSED");
      subscription("ended", "ENDED");
    }

    @AfterAll
    void close() {
      database.close();
    }

    @BeforeEach
    void clear() {
      database.run("delete from webhook_outbox");
      told.set(0);
    }

    private void subscription(String id, String state) {
      database.run(
          "insert into webhook_subscriptions (id, partner_id, url, events, accounts, trunks,"
              + " numbers_shown, per_second, secret, state, created_at) values ('"
              + id
              + "', 'acme', 'https://a.example', '[]', '[]', '[]', false, 0, 's', '"
              + state
              + "', 0)");
    }

    /** Rows of numbers, each queued a second after the one before it, so many at the same time. */
    private void rows(int from, int count, String subscription, State state, Duration queuedAgo) {
      long queued = Place.microsOf(clock.instant().minus(queuedAgo));
      boolean done = state != State.PENDING;
      database.run(
          ("insert into webhook_outbox (delivery_id, subscription_id, partner_id, event_type,"
              + " payload, state, queued_at, due_at, attempts, spent, done_at, reason)"
              + " values "
              + String.join(
                  ", ",
                  IntStream.range(from, from + count)
                      .mapToObj(
                          i ->
                              "('d%04d', '%s', 'p%d', 'call.ended', '{}', '%s', %d, %s, 5, 0,"
                                      .formatted(
                                          i,
                                          subscription,
                                          i % 2,
                                          state,
                                          queued + i / 2,
                                          done ? "null" : "7")
                                  + " %s, %s)"
                                      .formatted(
                                          done ? queued + i : "null",
                                          state == State.DEAD ? "'attempts'" : "null"))
                      .toList())));
    }

    private List<String> read(List<State> states, LetterFilter filter, int limit) {
      List<String> read = new ArrayList<>();
      Page<Letter> page = letters.page(states, filter, null, limit);
      page.rows().forEach(l -> read.add(l.deliveryId()));
      while (page.next() != null) {
        page = letters.page(states, filter, page.next(), limit);
        page.rows().forEach(l -> read.add(l.deliveryId()));
      }
      return read;
    }

    private static List<String> ids(int... numbers) {
      return Arrays.stream(numbers).mapToObj("d%04d"::formatted).toList();
    }

    @Test
    void page_ofAllStates_isNewestFirst() {
      rows(0, 3, "goes-on", State.PENDING, Duration.ZERO);
      rows(3, 2, "goes-on", State.DEAD, Duration.ZERO);
      rows(5, 3, "rests", State.DELIVERED, Duration.ZERO);
      for (int limit = 1; limit < 10; limit++) {
        assertThat(read(STATES, ANY, limit)).isEqualTo(ids(7, 6, 5, 4, 3, 2, 1, 0));
        assertThat(read(List.of(State.DEAD), ANY, limit)).isEqualTo(ids(4, 3));
        assertThat(read(STATES, new LetterFilter(null, "p1", null, null, null), limit))
            .isEqualTo(ids(7, 5, 3, 1));
        assertThat(read(STATES, new LetterFilter("rests", "p1", "x", null, null), limit)).isEmpty();
      }
    }

    @Test
    void page_beyondWhatItLooksAt_goesOn() {
      for (int i = 0; i < 11; i++) {
        rows(i * 1000, 1000, i == 0 ? "rests" : "goes-on", State.DEAD, Duration.ZERO);
      }
      rows(20_000, 1, "rests", State.PENDING, Duration.ZERO);
      LetterFilter rests = new LetterFilter("rests", null, null, null, null);
      Page<Letter> first = letters.page(STATES, rests, null, 10);
      assertThat(first.rows()).extracting(Letter::deliveryId).containsExactly("d20000");
      assertThat(first.next()).isNotNull();
      assertThat(read(STATES, rests, 700)).hasSize(1001).doesNotHaveDuplicates();
    }

    @Test
    void one_isPendingAgainWithAllItsAttempts() {
      rows(1, 1, "goes-on", State.DEAD, Duration.ofHours(1));
      assertThat(redelivery.one("d0001")).isTrue();
      assertThat(redelivery.one("d0001")).isFalse();
      Letter letter = letters.find("d0001").orElseThrow().letter();
      assertThat(letter)
          .isEqualTo(
              new Letter(
                  "d0001",
                  "goes-on",
                  "p1",
                  "call.ended",
                  State.PENDING,
                  Place.microsOf(NOON.minus(Duration.ofHours(1))),
                  Place.microsOf(NOON),
                  5,
                  null,
                  null));
      database.run("update webhook_outbox set attempts = -1 where spent <> 5");
      assertThat(letters.find("d0001").orElseThrow().letter().attempts()).isEqualTo(5);
      assertThat(told).hasValue(1);
    }

    @Test
    void one_thatWaitedTooLongForItsFirstAttempt_hasAllItsTimeAgain() throws SQLException {
      rows(1, 1, "rests", State.DEAD, Duration.ofDays(4));
      database.run("update webhook_outbox set attempts = 0");
      assertThat(redelivery.one("d0001")).isTrue();
      Lost lost = new Lost(database.dataSource(), new MemoryJournal(clock));
      Duration most = Duration.ofDays(3);
      assertThat(lost.giveUpBefore(NOON.minus(most), NOON)).isZero();
      Instant later = NOON.plus(most).plusSeconds(1);
      assertThat(new Queue(database.dataSource()).take("rests", later, later.plusSeconds(60), 1))
          .extracting(Due::wantedAt)
          .containsExactly(NOON);
      assertThat(lost.giveUpBefore(later.minus(most), later)).isEqualTo(1);
    }

    @Test
    void one_thatNobodyWouldDeliver_staysDead() {
      rows(1, 1, "ended", State.DEAD, Duration.ZERO);
      rows(2, 1, "deleted", State.DEAD, Duration.ZERO);
      rows(3, 1, "goes-on", State.DELIVERED, Duration.ZERO);
      assertThat(List.of("d0001", "d0002", "d0003", "none")).noneMatch(redelivery::one);
      assertThat(told).hasValue(0);
    }

    @Test
    void all_areOnlyThoseThatAreMeant() {
      rows(0, 1200, "goes-on", State.DEAD, Duration.ofHours(2));
      rows(1200, 3, "rests", State.DEAD, Duration.ofHours(1));
      rows(1203, 3, "ended", State.DEAD, Duration.ofHours(1));
      rows(1206, 3, "rests", State.DELIVERED, Duration.ofHours(1));
      Long hour = Place.microsOf(NOON.minus(Duration.ofMinutes(90)));
      assertThat(redelivery.all(new LetterFilter("none", null, null, null, null))).isZero();
      assertThat(redelivery.all(new LetterFilter(null, "p1", null, hour, null))).isEqualTo(1);
      assertThat(redelivery.all(new LetterFilter(null, "p1", null, null, hour))).isEqualTo(600);
      assertThat(redelivery.all(ANY)).isEqualTo(602);
      assertThat(redelivery.all(ANY)).isZero();
      assertThat(read(List.of(State.DEAD), ANY, 1000)).isEqualTo(ids(1205, 1204, 1203));
      assertThat(read(List.of(State.DELIVERED), ANY, 1000)).hasSize(3);
    }

    @Test
    void old_areDeletedInStepsEachByItsOwnTime() {
      rows(0, 5, "goes-on", State.DELIVERED, Duration.ofHours(25));
      rows(5, 2, "goes-on", State.DELIVERED, Duration.ofHours(23));
      rows(7, 2, "goes-on", State.DEAD, Duration.ofDays(29));
      rows(9, 2, "goes-on", State.DEAD, Duration.ofDays(31));
      rows(11, 1, "goes-on", State.PENDING, Duration.ofDays(99));
      // Queued long ago, and given up just now.
      rows(12, 1, "goes-on", State.DEAD, Duration.ofDays(31));
      database.run(
          "update webhook_outbox set done_at = %d where delivery_id = 'd0012'"
              .formatted(Place.microsOf(NOON)));
      OldDeliveries old =
          new OldDeliveries(database.dataSource(), Duration.ofDays(1), Duration.ofDays(30), clock);
      assertThat(old.delete(3)).isEqualTo(3);
      assertThat(old.delete(3)).isEqualTo(3);
      assertThat(old.delete(3)).isEqualTo(1);
      assertThat(old.delete(3)).isZero();
      assertThat(read(STATES, ANY, 100))
          .containsExactlyInAnyOrderElementsOf(ids(5, 6, 7, 8, 11, 12));
    }
  }
}
