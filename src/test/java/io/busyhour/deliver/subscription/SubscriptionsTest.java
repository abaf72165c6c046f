package io.busyhour.deliver.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.deliver.Databases;
import io.busyhour.deliver.Databases.Kind;
import io.busyhour.deliver.Page;
import io.busyhour.deliver.subscription.Subscription.State;
import io.busyhour.journal.HandClock;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000001Z");
  private static final Duration DAY = Duration.ofDays(1);

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
    private final AtomicInteger changes = new AtomicInteger();
    private Databases database;
    private Subscriptions subscriptions;

    Contract(Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open(@TempDir Path folder) {
      database = Databases.open(kind, folder);
      subscriptions = new Subscriptions(database.dataSource(), new SecureRandom(), clock, DAY);
      subscriptions.onChange(changes::incrementAndGet);
    }

    @AfterAll
    void close() {
      database.close();
    }

    @BeforeEach
    void clear() {
      database.run("delete from webhook_subscriptions");
      changes.set(0);
    }

    private static Draft draft(String partner) {
      return new Draft(
          partner,
          URI.create("https://hooks.example.com/a?b=c"),
          new Filter(Set.of("call.ended", "sms.status"), Set.of("a1"), Set.of()),
          true,
          7);
    }

    @Test
    void create_isFoundAsItWasMade() {
      Subscription made = subscriptions.create(draft("acme"));
      assertThat(made.id()).matches("sub_[0-9a-hjkmnp-tv-z]{26}");
      assertThat(made.secrets()).hasSize(1);
      String secret = made.secrets().get(0).text();
      assertThat(secret).startsWith("whsec_");
      assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
      assertThat(made)
          .isEqualTo(
              new Subscription(
                  made.id(),
                  "acme",
                  URI.create("https://hooks.example.com/a?b=c"),
                  new Filter(Set.of("call.ended", "sms.status"), Set.of("a1"), Set.of()),
                  true,
                  7,
                  List.of(new Secret(secret, null)),
                  State.ACTIVE,
                  clock.instant(),
                  0));
      assertThat(subscriptions.find(made.id())).contains(made);
      assertThat(subscriptions.all()).containsExactly(made);
      assertThat(subscriptions.find("sub_0")).isEmpty();
      assertThat(made.toString()).doesNotContain(secret.substring(6));
      assertThat(changes).hasValue(1);
    }

    @Test
    void create_waitsForTheBatchOfTheOutbox() throws Exception {
      try (Connection batch = database.dataSource().getConnection();
          Statement statement = batch.createStatement()) {
        batch.setAutoCommit(false);
        statement.executeQuery("select position from projection where name = 'outbox' for update");
        CompletableFuture<Subscription> made =
            CompletableFuture.supplyAsync(() -> subscriptions.create(draft("acme")));
        assertThatThrownBy(() -> made.get(200, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        assertThat(subscriptions.all(batch)).isEmpty();
        batch.commit();
        assertThat(subscriptions.all()).isSubsetOf(made.get(10, TimeUnit.SECONDS));
        assertThat(subscriptions.all()).hasSize(1);
      }
    }

    @Test
    void list_isNewestFirstAndGoesOnWhereAPageEnded() {
      List<String> made = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        made.addFirst(subscriptions.create(draft("p" + i % 2)).id());
        clock.turn(Duration.ofSeconds(i % 2)); // some are of the same time
      }
      List<String> read = new ArrayList<>();
      Page<Subscription> page = subscriptions.list(null, null, 2);
      page.rows().forEach(s -> read.add(s.id()));
      while (page.next() != null) {
        page = subscriptions.list(null, page.next(), 2);
        page.rows().forEach(s -> read.add(s.id()));
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(made);
      assertThat(subscriptions.list("p1", null, 2).rows())
          .extracting(Subscription::id)
          .containsExactly(made.get(1), made.get(3));
      assertThat(subscriptions.list("p1", null, 2).next()).isNull();
    }

    @Test
    void rotate_theSecretBeforeSignsOnForAWhile() {
      Subscription made = subscriptions.create(draft("acme"));
      String first = made.secrets().get(0).text();
      Instant until = clock.instant().plus(DAY);
      String second = subscriptions.rotate(made.id()).orElseThrow().secrets().get(0).text();
      assertThat(second).isNotEqualTo(first);
      assertThat(subscriptions.find(made.id()).orElseThrow().secrets())
          .containsExactly(new Secret(second, null), new Secret(first, until));
      clock.turn(DAY.minusNanos(1000));
      assertThat(subscriptions.all().get(0).secrets()).hasSize(2);
      clock.turn(Duration.ofNanos(1000));
      assertThat(subscriptions.all().get(0).secrets()).containsExactly(new Secret(second, null));
    }

    @Test
    void rotate_twiceInTheOverlap_dropsTheOldest() {
      Subscription made = subscriptions.create(draft("acme"));
      String second = subscriptions.rotate(made.id()).orElseThrow().secrets().get(0).text();
      String third = subscriptions.rotate(made.id()).orElseThrow().secrets().get(0).text();
      assertThat(subscriptions.find(made.id()).orElseThrow().secrets())
          .extracting(Secret::text)
          .containsExactly(third, second);
      assertThat(subscriptions.rotate("sub_0")).isEmpty();
    }

    @Test
    void change_thatThrows_changesNothing() {
      Subscription made = subscriptions.create(draft("acme"));
      assertThatThrownBy(
              () ->
                  subscriptions.change(
                      made.id(),
                      before -> {
                        throw new IllegalArgumentException("no");
                      }))
          .hasMessage("no");
      assertThat(subscriptions.all()).containsExactly(made);
      assertThat(changes).hasValue(1);
    }

    @Test
    void change_ofAnEndedOne_revivesIt() {
      Subscription made = subscriptions.create(draft("acme"));
      subscriptions.end(made.id());
      Subscription ended = subscriptions.find(made.id()).orElseThrow();
      assertThat(ended.state()).isEqualTo(State.ENDED);
      assertThat(ended.takesEvents()).isFalse();
      assertThat(subscriptions.change(made.id(), s -> s.in(State.ACTIVE))).contains(made);
      assertThat(subscriptions.find(made.id())).contains(made);
      assertThat(changes).hasValue(3);
    }

    @Test
    void delete_happensOnce() {
      Subscription made = subscriptions.create(draft("acme"));
      assertThat(subscriptions.delete(made.id())).isTrue();
      assertThat(subscriptions.delete(made.id())).isFalse();
      assertThat(subscriptions.all()).isEmpty();
    }
  }
}
