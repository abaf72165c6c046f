package io.busyhour.journal;

import static io.busyhour.journal.Journal.Appended.DUPLICATE;
import static io.busyhour.journal.Journal.Appended.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Journal.Appended;
import io.busyhour.journal.Journal.Stored;
import io.busyhour.journal.Journal.Tip;
import io.busyhour.journal.JournalUnavailable.Cause;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every journal does. Inherited by a test class of each implementation. */
@Timeout(60)
abstract class JournalContract {
  private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(50);

  /** Small limits, so that little data reaches them. */
  static final JournalSettings SETTINGS =
      new JournalSettings(100, 40, 20, 5, Duration.ofMillis(20), false);

  final HandClock clock = new HandClock(START);
  JournalBench bench;
  Journal journal;

  abstract JournalBench newBench();

  @BeforeEach
  void open() {
    bench = newBench();
    journal = bench.open(SETTINGS, clock);
  }

  @AfterEach
  void close() {
    bench.recover();
    journal.close();
    bench.close();
  }

  void reopen() {
    journal.close();
    journal = bench.open(SETTINGS, clock);
  }

  List<Entry> readAll(int limit) {
    return readAll(journal, limit);
  }

  static List<Entry> readAll(Journal journal, int limit) {
    List<Entry> all = new ArrayList<>();
    List<Entry> some = journal.read(0, limit);
    while (!some.isEmpty()) {
      assertThat(some).hasSizeLessThanOrEqualTo(limit);
      all.addAll(some);
      some = journal.read(all.getLast().position(), limit);
    }
    return all;
  }

  private LedgerLine line(String source) {
    return journal.ledger().stream().filter(l -> l.source().equals(source)).findFirst().get();
  }

  private static Cause failureOf(Runnable call) {
    return catchThrowableOfType(JournalUnavailable.class, call::run).reason();
  }

  // Once each, in order.

  @Test
  void append_newKeys_positionsFromOneWithoutGaps() {
    assertThat(journal.append(Deliveries.numbered(0, 3))).containsExactly(NEW, NEW, NEW);
    assertThat(journal.append(Deliveries.numbered(3, 5))).containsExactly(NEW, NEW);
    assertThat(readAll(100)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(readAll(100))
        .extracting(entry -> entry.delivery().key().id())
        .containsExactly("id-0", "id-1", "id-2", "id-3", "id-4");
  }

  @Test
  void find_somePositions_givesThoseThatAreThereAndTheirRepeats() {
    journal.append(Deliveries.numbered(0, 3));
    journal.append(Deliveries.numbered(1, 2));
    journal.append(Deliveries.numbered(1, 2));
    List<Entry> all = readAll(100);
    assertThat(journal.find(List.of(3L, 9L, 2L)))
        .containsExactly(new Stored(all.get(1), 2), new Stored(all.get(2), 0));
    assertThat(journal.find(List.of())).isEmpty();
  }

  @Test
  void append_nothing_givesNothing() {
    assertThat(journal.append(List.of())).isEmpty();
    assertThat(journal.tip().position()).isZero();
  }

  @Test
  void append_sameKeyInOneCall_secondIsDuplicate() {
    Delivery one = Deliveries.of("a", "1");
    assertThat(journal.append(List.of(one, Deliveries.of("a", "2"), one, one)))
        .containsExactly(NEW, NEW, DUPLICATE, DUPLICATE);
    assertThat(readAll(100)).hasSize(2);
  }

  @Test
  void append_sameKeyLater_isDuplicateAndTheFirstStands() {
    journal.append(List.of(Deliveries.with("1", Map.of("codec", "first"))));
    assertThat(journal.append(List.of(Deliveries.with("1", Map.of("codec", "second")))))
        .containsExactly(DUPLICATE);
    assertThat(readAll(100))
        .extracting(entry -> entry.delivery().occurrences().get(0).data().get("codec"))
        .isEqualTo(List.of("first"));
  }

  @Test
  void append_sameKeyAfterReopen_isDuplicate() {
    journal.append(Deliveries.numbered(0, 3));
    reopen();
    assertThat(journal.append(Deliveries.numbered(2, 4))).containsExactly(DUPLICATE, NEW);
    assertThat(readAll(100)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void append_sameIdOfAnotherSource_isNew() {
    assertThat(
            journal.append(
                List.of(
                    Deliveries.of("a", "bc"),
                    Deliveries.of("ab", "c"),
                    Deliveries.of("A", "bc"),
                    Deliveries.of("a", "bc "))))
        .containsOnly(NEW);
  }

  @Test
  void append_fromManyThreads_eachKeyOnce() throws Exception {
    List<Delivery> keys = new ArrayList<>(Deliveries.numbered(0, 40));
    List<Future<List<Appended>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Random random = new Random(1);
      for (int i = 0; i < 64; i++) {
        Collections.shuffle(keys, random);
        List<Delivery> mine = List.copyOf(keys.subList(0, 30));
        answers.add(threads.submit(() -> appendPatiently(mine)));
      }
    }
    long accepted = 0;
    for (Future<List<Appended>> answer : answers) {
      accepted += answer.get().stream().filter(NEW::equals).count();
    }
    assertThat(accepted).isEqualTo(40);
    assertThat(readAll(7))
        .extracting(Entry::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    assertThat(line("test").accepted()).isEqualTo(40);
    assertThat(line("test").duplicates()).isEqualTo(64 * 30 - 40);
  }

  private List<Appended> appendPatiently(List<Delivery> deliveries) {
    while (true) {
      try {
        return journal.append(deliveries);
      } catch (JournalUnavailable e) {
        assertThat(e.reason()).isEqualTo(Cause.OVERLOADED);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  // What is read is what was delivered.

  @Test
  void read_afterTheLast_isEmpty() {
    journal.append(Deliveries.numbered(0, 3));
    assertThat(journal.read(3, 10)).isEmpty();
    assertThat(journal.read(99, 10)).isEmpty();
  }

  @Test
  void read_olderThanMemoryHolds_isTheSameAcrossItsEdge() {
    List<Delivery> deliveries = Deliveries.numbered(0, 90);
    deliveries.stream().map(List::of).forEach(journal::append);
    assertThat(readAll(7)).extracting(Entry::delivery).isEqualTo(deliveries);
    assertThat(journal.read(69, 100)).hasSize(21);
    assertThat(journal.read(70, 100)).hasSize(20);
    assertThat(journal.read(71, 3)).extracting(Entry::position).containsExactly(72L, 73L, 74L);
  }

  @Test
  void read_deliveriesOfSeveralEvents_asOne() {
    List<Delivery> deliveries =
        List.of(
            Deliveries.several("a", 3), Deliveries.several("b", 19), Deliveries.several("c", 21));
    journal.append(deliveries);
    assertThat(readAll(1)).extracting(Entry::delivery).isEqualTo(deliveries);
  }

  @Test
  void read_afterReopen_isTheSame() {
    journal.append(List.of(Deliveries.several("a", 3), Deliveries.of("s", "b")));
    List<Entry> before = readAll(10);
    reopen();
    assertThat(readAll(10)).isEqualTo(before);
    assertThat(journal.tip().position()).isEqualTo(2);
  }

  @Test
  void data_numbers_comeBackExactly() {
    Map<String, Object> numbers =
        Map.of(
            "decimal", new BigDecimal("0.1000"),
            "tiny", new BigDecimal("1E-400"),
            "long_decimal", new BigDecimal("12345678901234567890.123456789012345678901234567890"),
            "int", -7,
            "long", Long.MIN_VALUE,
            "huge", new BigInteger("9".repeat(1500)));
    assertThat(storedAndReread(numbers)).containsAllEntriesOf(numbers);
    assertThat(storedAndReread(Map.of("double", 42.1, "float", 0.5f)))
        .containsEntry("double", new BigDecimal("42.1"))
        .containsEntry("float", new BigDecimal("0.5"));
  }

  @Test
  void data_textsAndShapes_comeBack() {
    Map<String, Object> data =
        Map.of(
            "quotes",
            "\"it's\" \\ 'x'; DROP TABLE journal; -- \n\t",
            "emoji",
            "\uD83D\uDCDE Gr\u00FC\u00DFe \u0928\u092E\u0938\u094D\u0924\u0947",
            "half",
            "\uD83D",
            "nul",
            "a\u0000b",
            "\uD83D\uDE00 name",
            true,
            "shape",
            List.of(1, Map.of("a", List.of()), "x"),
            "nothing",
            Arrays.asList(null, 1),
            "long",
            "\u00E9".repeat(2_000_000));
    assertThat(storedAndReread(data)).containsAllEntriesOf(data);
  }

  private int stored;

  /** Data that was stored, as a journal gives it that was opened later. */
  private Map<String, Object> storedAndReread(Map<String, Object> data) {
    journal.append(List.of(Deliveries.with("stored-" + stored++, data)));
    reopen();
    List<Entry> entries = readAll(100);
    Occurrence occurrence = entries.getLast().delivery().occurrences().get(0);
    assertThat(occurrence.event()).isNotNull();
    return new HashMap<>(occurrence.data());
  }

  @Test
  void key_longestAndOdd_isKept() {
    List<Delivery> deliveries =
        List.of(
            Deliveries.of("s".repeat(256), "i".repeat(256)),
            Deliveries.of("s".repeat(256), "i".repeat(255) + "j"),
            Deliveries.of("\uD83D\uDCDE".repeat(128), "\uD83D\uDE00".repeat(128)),
            Deliveries.of("o'Brien \"&\" %_\\", "'; --"));
    assertThat(journal.append(deliveries)).containsOnly(NEW);
    reopen();
    assertThat(journal.append(deliveries)).containsOnly(DUPLICATE);
    assertThat(readAll(10)).extracting(Entry::delivery).isEqualTo(deliveries);
  }

  @Test
  void key_thatNoStoreCanHold_isRefusedAndNothingStored() {
    List.of("", "x".repeat(257), "a\u0000b", "half \uD83D")
        .forEach(
            bad -> {
              List<Delivery> batch = List.of(Deliveries.of("s", "good"), Deliveries.of("s", bad));
              assertThatThrownBy(() -> journal.append(batch))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("expected: 1 to 256");
              assertThatThrownBy(() -> journal.append(List.of(Deliveries.of(bad, "i"))))
                  .isInstanceOf(IllegalArgumentException.class);
            });
    assertThat(journal.tip().position()).isZero();
  }

  @Test
  void append_deliveryWithoutEvents_isRefused() {
    Delivery empty = new Delivery(new EventKey("s", "1"), List.of(), false);
    assertThatThrownBy(() -> journal.append(List.of(empty)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  // The ledger.

  @Test
  void ledger_receivedEqualsAcceptedAndDuplicatesAndRejected() {
    journal.append(Deliveries.numbered(0, 10));
    journal.append(Deliveries.numbered(5, 12));
    journal.refuse("test", "malformed", 3);
    journal.refuse("test", "malformed", 1);
    journal.refuse("test", "missing_field", 2);
    Eventually.holds("refusals counted", () -> line("test").rejected().size() == 2);
    LedgerLine expected =
        new LedgerLine(
            "test", 12, 5, Map.of("malformed", 4L, "missing_field", 2L), Deliveries.TIME);
    assertThat(journal.ledger()).containsExactly(expected);
    reopen();
    assertThat(journal.ledger()).containsExactly(expected);
    journal.append(Deliveries.numbered(0, 13));
    assertThat(line("test").accepted() + line("test").duplicates()).isEqualTo(12 + 5 + 13);
  }

  @Test
  void ledger_lastEvent_isTheLatestOfTheAccepted() {
    Instant later = Deliveries.TIME.plusSeconds(60);
    journal.append(List.of(Deliveries.at(later, "s", "1"), Deliveries.of("s", "2")));
    journal.append(List.of(Deliveries.at(later.plusSeconds(1), "s", "1")));
    assertThat(line("s").lastEvent()).isEqualTo(later);
    reopen();
    journal.append(List.of(Deliveries.of("s", "3")));
    assertThat(line("s").lastEvent()).isEqualTo(later);
  }

  @Test
  void ledger_onlyRefused_hasNoLastEvent() {
    journal.refuse("s", "unauthorized", 1);
    Eventually.holds("refusal counted", () -> !journal.ledger().isEmpty());
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("s", 0, 0, Map.of("unauthorized", 1L), null));
  }

  @Test
  void ledger_tooManySources_areOneLineTogether() {
    List<Delivery> deliveries =
        IntStream.range(0, 9).mapToObj(i -> Deliveries.of("s" + i, "1")).toList();
    journal.append(deliveries);
    journal.append(deliveries);
    reopen();
    journal.append(List.of(Deliveries.of("s9", "1"), Deliveries.of("s0", "2")));
    journal.refuse("s10", "malformed", 2);
    Eventually.holds("refusal counted", () -> !line("__other__").rejected().isEmpty());
    assertThat(journal.ledger()).extracting(LedgerLine::source).hasSize(6).contains("__other__");
    assertThat(line("__other__").accepted()).isEqualTo(5);
    assertThat(line("__other__").duplicates()).isEqualTo(4);
    assertThat(line("s0").accepted()).isEqualTo(2);
  }

  @Test
  void refuse_sourceThatNoStoreCanHold_isCountedAmongTheOthers() {
    journal.refuse("nul \u0000", "invalid_value", 1);
    journal.refuse("x".repeat(300), "invalid_value", 1);
    Eventually.holds("refusals counted", () -> !journal.ledger().isEmpty());
    assertThat(line("__other__").rejected()).containsEntry("invalid_value", 2L);
  }

  // Failure, overload, stop.

  @Test
  void append_storeDown_storesNothingAndGoesOnAfterwards() {
    journal.append(Deliveries.numbered(0, 2));
    List<LedgerLine> ledger = journal.ledger();
    bench.fail();
    assertThat(failureOf(() -> journal.append(Deliveries.numbered(1, 5))))
        .isEqualTo(Cause.STORE_DOWN);
    assertThat(journal.isOpen()).isFalse();
    assertThat(journal.tip().position()).isEqualTo(2);
    assertThat(journal.ledger()).isEqualTo(ledger);
    bench.recover();
    assertThat(journal.append(Deliveries.numbered(1, 5))).containsExactly(DUPLICATE, NEW, NEW, NEW);
    assertThat(journal.isOpen()).isTrue();
    assertThat(readAll(10)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(line("test").accepted()).isEqualTo(5);
    assertThat(line("test").duplicates()).isEqualTo(1);
  }

  @Test
  void refuse_storeDown_isCountedAfterwards() {
    bench.fail();
    journal.refuse("s", "store_down", 3);
    Eventually.holds("failure noticed", () -> !journal.isOpen());
    bench.recover();
    Eventually.holds("refusal counted", () -> !journal.ledger().isEmpty());
    assertThat(line("s").rejected()).containsExactly(Map.entry("store_down", 3L));
  }

  @Test
  void append_tooMuchWaiting_isRefusedAtOnce() throws Exception {
    bench.hold();
    Waiting sixty = Waiting.in(() -> journal.append(Deliveries.numbered(0, 60)));
    JournalUnavailable refusal =
        catchThrowableOfType(
            JournalUnavailable.class, () -> journal.append(Deliveries.numbered(60, 101)));
    assertThat(refusal.reason()).isEqualTo(Cause.OVERLOADED);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    Waiting forty = Waiting.in(() -> journal.append(Deliveries.numbered(60, 100)));
    bench.recover();
    assertThat(sixty.answer()).hasSize(60).containsOnly(NEW);
    assertThat(forty.answer()).hasSize(40).containsOnly(NEW);
    assertThat(journal.append(Deliveries.numbered(99, 101))).containsExactly(DUPLICATE, NEW);
  }

  @Test
  void append_largeEvents_countForSeveral() throws Exception {
    bench.hold();
    String text = "x".repeat(98 * JournalSettings.EVENT_CHARS);
    List<Delivery> large = List.of(Deliveries.with("large", Map.of("text", text)));
    Waiting first = Waiting.in(() -> journal.append(large));
    assertThat(failureOf(() -> journal.append(Deliveries.numbered(0, 3))))
        .isEqualTo(Cause.OVERLOADED);
    Waiting second = Waiting.in(() -> journal.append(Deliveries.numbered(0, 2)));
    bench.recover();
    assertThat(first.answer()).containsExactly(NEW);
    assertThat(second.answer()).containsExactly(NEW, NEW);
    assertThat(readAll(2)).extracting(entry -> entry.delivery().key().id()).contains("large");
  }

  @Test
  void append_moreAtOnceThanMayWait_isTakenAlone() {
    assertThat(journal.append(Deliveries.numbered(0, 300))).hasSize(300).containsOnly(NEW);
    assertThat(readAll(1000)).hasSize(300);
  }

  @Test
  void close_whileAppendsWait_finishesThemAndTakesNoMore() throws Exception {
    bench.hold();
    Waiting append = Waiting.in(() -> journal.append(Deliveries.numbered(0, 3)));
    journal.refuse("s", "malformed", 1);
    Waiting close =
        Waiting.in(
            () -> {
              journal.close();
              return List.of();
            });
    assertThat(failureOf(() -> journal.append(Deliveries.numbered(3, 4))))
        .isEqualTo(Cause.STOPPING);
    assertThat(failureOf(() -> journal.refuse("s", "malformed", 1))).isEqualTo(Cause.STOPPING);
    bench.recover();
    close.answer();
    assertThat(append.answer()).containsOnly(NEW);
    assertThat(journal.isOpen()).isFalse();
    assertThat(line("test").accepted()).isEqualTo(3);
    assertThat(line("s").rejected()).containsEntry("malformed", 1L);
    reopen();
    assertThat(readAll(10)).hasSize(3);
    assertThat(line("s").rejected()).containsEntry("malformed", 1L);
  }

  @Test
  void close_twice_isOnce() {
    journal.append(Deliveries.numbered(0, 1));
    journal.close();
    journal.close();
    assertThat(journal.isOpen()).isFalse();
  }

  // Time.

  @Test
  void receivedAt_isTheTimeOfReceipt() {
    journal.append(Deliveries.numbered(0, 1));
    clock.turn(Duration.ofSeconds(3));
    journal.append(Deliveries.numbered(1, 2));
    List<Entry> entries = readAll(10);
    assertThat(entries.get(0).receivedAt()).isBetween(START, START.plusMillis(1));
    assertThat(entries.get(1).receivedAt())
        .isBetween(START.plusSeconds(3), START.plusSeconds(3).plusMillis(1));
  }

  @Test
  void receivedAt_clockGoesBack_neverFalls() {
    journal.append(Deliveries.numbered(0, 1));
    clock.turn(Duration.ofHours(-1));
    journal.append(Deliveries.numbered(1, 2));
    reopen();
    journal.append(Deliveries.numbered(2, 3));
    assertThat(readAll(10))
        .extracting(Entry::receivedAt)
        .isSorted()
        .allMatch(time -> !time.isBefore(START));
  }

  @Test
  void tip_idle_itsTimeRises() throws Exception {
    Tip before = journal.tip();
    clock.turn(Duration.ofSeconds(30));
    Eventually.holds(
        "the time of the tip follows the clock",
        () -> !journal.tip().time().isBefore(START.plusSeconds(30)));
    assertThat(journal.tip().position()).isEqualTo(before.position());
  }

  @Test
  void tip_clockGoesBack_noLaterEntryIsReceivedBeforeIt() {
    for (int i = 0; i < 50; i++) {
      clock.turn(Duration.ofSeconds(i % 2 == 0 ? 7 : -6));
      Tip before = journal.tip();
      journal.append(Deliveries.numbered(i, i + 1));
      Tip after = journal.tip();
      assertThat(journal.read(i, 1).get(0).receivedAt()).isBetween(before.time(), after.time());
    }
  }

  @Test
  void await_somethingThereAlready_returnsAtOnce() throws Exception {
    journal.append(Deliveries.numbered(0, 3));
    assertThat(journal.await(2, Duration.ofHours(1)).position()).isEqualTo(3);
  }

  @Test
  void await_nothingComes_returnsAfterTheTimeOut() throws Exception {
    journal.append(Deliveries.numbered(0, 3));
    assertThat(journal.await(3, Duration.ZERO).position()).isEqualTo(3);
    assertThat(journal.await(3, MOMENT).position()).isEqualTo(3);
  }

  @Test
  void await_appended_returnsWhenItIsReadable() throws Exception {
    List<Entry> read = new ArrayList<>();
    Waiting reader =
        Waiting.in(
            () -> {
              journal.await(0, Duration.ofHours(1));
              read.addAll(journal.read(0, 10));
              return List.of();
            });
    journal.append(Deliveries.numbered(0, 2));
    reader.answer();
    assertThat(read).hasSize(2);
  }
}
