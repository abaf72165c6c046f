package io.busyhour.receive.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.StatsdEvent;
import io.busyhour.event.StatsdEvent.Metric;
import io.busyhour.http.Reason;
import io.busyhour.journal.JournalUnavailable;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.StubJournal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every door must do, as far as it is one: there is no answer, no proof, and no id. */
class AggregatorTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private final StubJournal journal = new StubJournal();
  private final Receiver receiver = new Receiver(journal, Clock.fixed(NOW, ZoneOffset.UTC));
  private final Aggregator aggregator = new Aggregator(receiver, "i", Interval.ROOM);

  private static void take(Aggregator aggregator, String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    aggregator.takeAll(bytes, 0, bytes.length);
  }

  private void take(String lines) {
    take(aggregator, lines);
  }

  private List<StatsdEvent> stored() {
    return journal.stored().stream()
        .flatMap(delivery -> delivery.occurrences().stream())
        .map(Occurrence::event)
        .map(StatsdEvent.class::cast)
        .toList();
  }

  private static Metric metric(String name, long samples) {
    return new Metric(name, Map.of(), samples);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void interval_isOneDelivery() {
    take("a:1|c\nb:320|ms\r\na:2.5|c\n\nc:7|g");
    take("d:x|s\nd:y|s\nd:x|s\nb:320|ms|@0.5");
    aggregator.flush();
    assertThat(journal.stored()).hasSize(1);
    assertThat(journal.stored().getFirst().key()).isEqualTo(new EventKey("statsd", "i-1"));
    assertThat(journal.stored().getFirst().occurrences())
        .extracting(Occurrence::time)
        .containsOnly(NOW);
    assertThat(stored())
        .containsExactly(
            new StatsdEvent.Counted(metric("a", 2), decimal("3.5")),
            new StatsdEvent.Timed(
                metric("b", 2), List.of(decimal("0.320")), List.of(3L), decimal("0.960")),
            new StatsdEvent.GaugeSet(metric("c", 1), decimal("7")),
            new StatsdEvent.Unique(metric("d", 3), 2L));
  }

  @Test
  void interval_ofNothing_isNotStored() {
    aggregator.flush();
    take("\n\n");
    aggregator.flush();
    assertThat(journal.appends()).isZero();
  }

  @Test
  void tags_inAnyOrder_areTheSameMetric() {
    take("a:1|c|#x:1,y:2\na:1|c|#y:2,x:1\na,x=1,y=2:1|c\na:1|c|#x:1");
    aggregator.flush();
    assertThat(stored())
        .containsExactly(
            new StatsdEvent.Counted(new Metric("a", Map.of("x", "1", "y", "2"), 3L), decimal("3")),
            new StatsdEvent.Counted(new Metric("a", Map.of("x", "1"), 1L), decimal("1")));
  }

  @Test
  void gauge_signsApplyInOrder() {
    take("a:333|g\na:-10|g\na:+4|g\nb:+1|g\nb:-3|g\nc:+5|g\nc:2|g");
    aggregator.flush();
    assertThat(stored())
        .containsExactly(
            new StatsdEvent.GaugeSet(metric("a", 3), decimal("327")),
            new StatsdEvent.GaugeChanged(metric("b", 2), decimal("-2")),
            new StatsdEvent.GaugeSet(metric("c", 2), decimal("2")));
  }

  @Test
  void refusedLines_areCountedOncePerFlush_andCostOnlyThemselves() {
    take("a:1|c\na:x|c\nb\nb:1|z\na:y|c\n_e{1,1}:a|b\n_sc|x|0");
    aggregator.flush();
    assertThat(journal.refused())
        .isEqualTo(
            Map.of(
                "statsd invalid_value",
                2L,
                "statsd malformed_line",
                1L,
                "statsd unknown_type",
                1L));
    assertThat(stored())
        .containsExactly(
            new StatsdEvent.Counted(metric("a", 1), decimal("1")), new StatsdEvent.Ignored(2L));
  }

  @Test
  void storeDown_nothingIsLostAndNothingCountsTwice() {
    journal.fail(JournalUnavailable.Cause.STORE_DOWN);
    take("a:1|c\ng:5|g");
    aggregator.flush();
    take("a:2|c\ng:+1|g");
    aggregator.flush();
    take("a:4|c\ng:+2|g");
    aggregator.flush();
    assertThat(journal.stored()).isEmpty();
    assertThat(journal.refused()).containsEntry("statsd store_down", 3L);
    journal.clear();
    aggregator.flush();
    aggregator.flush();
    aggregator.flush();
    assertThat(stored())
        .containsExactly(
            new StatsdEvent.Counted(metric("a", 1), decimal("1")),
            new StatsdEvent.GaugeSet(metric("g", 1), decimal("5")),
            new StatsdEvent.Counted(metric("a", 2), decimal("6")),
            new StatsdEvent.GaugeChanged(metric("g", 2), decimal("3")));
    assertThat(journal.stored()).extracting(Delivery::key).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void storedAndNotHeardOf_isTriedAgainAsTheSameDelivery() {
    StubJournal deaf =
        new StubJournal() {
          private boolean heard;

          @Override
          public synchronized List<Appended> append(List<Delivery> given) {
            List<Appended> answers = super.append(given);
            if (!heard) {
              heard = true;
              throw new JournalUnavailable(
                  JournalUnavailable.Cause.STOPPING, java.time.Duration.ofSeconds(1), null);
            }
            return answers;
          }
        };
    Aggregator other = new Aggregator(new Receiver(deaf, Clock.systemUTC()), "i", Interval.ROOM);
    take(other, "a:1|c");
    other.flush();
    other.flush();
    assertThat(deaf.appends()).isEqualTo(2);
    assertThat(deaf.stored()).hasSize(1);
  }

  @Test
  void interval_full_takesWhatItKnowsAndRefusesTheRest() {
    Aggregator small = new Aggregator(receiver, "i", 4);
    take(small, "a:1|c\nb:1|c\nc:1|ms\nd:1|c\na:1|c\nc:1|ms\nc:2|ms\nc:1:1:1|ms");
    small.flush();
    assertThat(journal.refused()).isEqualTo(Map.of("statsd overloaded", 2L));
    assertThat(stored())
        .containsExactly(
            new StatsdEvent.Counted(metric("a", 2), decimal("2")),
            new StatsdEvent.Counted(metric("b", 1), decimal("1")),
            new StatsdEvent.Timed(
                metric("c", 5), List.of(decimal("0.001")), List.of(5L), decimal("0.005")));
    take(small, "d:1|c");
    small.flush();
    assertThat(stored()).contains(new StatsdEvent.Counted(metric("d", 1), decimal("1")));
  }

  @Test
  void timer_ofManyValues_isRoundedUpAndItsSumIsNot() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 5000; i++) {
      take("t:" + (100 + i) + ".037|ms");
      sum = sum.add(decimal((100 + i) + ".037").movePointLeft(3));
    }
    aggregator.flush();
    StatsdEvent.Timed timed = (StatsdEvent.Timed) stored().getFirst();
    assertThat(timed.sum()).isEqualByComparingTo(sum);
    assertThat(timed.times().stream().mapToLong(n -> n).sum()).isEqualTo(5000);
    assertThat(timed.seconds()).hasSizeBetween(1000, 2000);
    // Of 100.037 to 5099.037 ms 901 are at most 1 s, and those are at most 1 s still.
    assertThat(atMost(timed, "1")).isEqualTo(900);
    assertThat(atMost(timed, "2.5")).isEqualTo(2400);
  }

  private static long atMost(StatsdEvent.Timed timed, String bound) {
    long count = 0;
    for (int i = 0; i < timed.seconds().size(); i++) {
      count += timed.seconds().get(i).compareTo(decimal(bound)) <= 0 ? timed.times().get(i) : 0;
    }
    return count;
  }

  @Test
  void counter_beyondAllSums_isRefused() {
    String most = "a:" + Amounts.MOST.toPlainString() + "|c\n";
    take(most.repeat(1001));
    take("a:1|c");
    aggregator.flush();
    StatsdEvent.Counted counted = (StatsdEvent.Counted) stored().getFirst();
    assertThat(counted.amount()).isEqualByComparingTo("1001000000000000000");
    assertThat(journal.refused()).isEqualTo(Map.of("statsd invalid_value", 1L));
  }

  @Test
  void line_tooLong_isRefused() {
    take("a:1|c|#k:" + "x".repeat(LineReader.LONGEST) + "\na:1|c");
    aggregator.refuse(Reason.TOO_LARGE);
    aggregator.flush();
    assertThat(journal.refused()).isEqualTo(Map.of("statsd too_large", 2L));
    assertThat(stored()).containsExactly(new StatsdEvent.Counted(metric("a", 1), decimal("1")));
  }

  @Test
  void close_storesWhatWaitedAndWhatCameMeanwhile() {
    journal.fail(JournalUnavailable.Cause.OVERLOADED);
    take("a:1|c");
    aggregator.flush();
    take("a:2|c");
    journal.clear();
    aggregator.close();
    assertThat(stored()).hasSize(2);
  }

  @Test
  void setMembers_areNotKept() {
    take("a:+13035550123|s");
    aggregator.flush();
    assertThat(journal.stored().toString()).doesNotContain("3035550123");
  }

  @Test
  void metrics_withLongTags_needMoreOfTheRoom() {
    Aggregator small = new Aggregator(receiver, "i", 1_000);
    String tags = "t:" + "v".repeat(128);
    for (int i = 1; i < 30; i++) {
      tags += ",t" + i + ":" + "v".repeat(128);
    }
    for (int i = 0; i < 1_000; i++) {
      take(small, "m" + i + ":1|c|#" + tags);
    }
    small.flush();
    assertThat(journal.stored().getFirst().occurrences().size() * tags.length())
        .isLessThan(200 * 1_000);
    assertThat(journal.refused()).containsKey("statsd overloaded");
  }
}
