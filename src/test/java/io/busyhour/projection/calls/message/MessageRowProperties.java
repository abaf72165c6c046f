package io.busyhour.projection.calls.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.EventType;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.MessageEvent.Status;
import io.busyhour.event.field.Words;
import io.busyhour.projection.change.MessageChange.Contribution;
import io.busyhour.projection.change.MessageRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MessageRowProperties {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_763_640_000 * SECOND;
  private static final long SETTLE = 30 * SECOND;

  record Said(MessageEvent event, long at) {}

  /** What one message's senders say of it, without contradicting each other. */
  record Story(List<Said> events, boolean whole) {}

  /** A message that was counted as something, as far as that can be seen. */
  private static Map<Contribution, String> counted(
      List<Said> events, boolean whole, List<Long> receipts, Set<Object> corrections) {
    MessageRow row = new MessageRow("m");
    Map<Contribution, String> counted = new EnumMap<>(Contribution.class);
    for (int i = 0; i < events.size(); i++) {
      long receivedAt = receipts.get(i);
      settle(row, receivedAt, counted);
      MessageRecord before = i == 0 ? null : row.toRecord();
      row.merge(events.get(i).event(), whole, events.get(i).at(), receivedAt);
      corrections.addAll(row.counted.corrections(before, row.toRecord()));
      count(row, receivedAt, counted);
    }
    settle(row, Long.MAX_VALUE, counted);
    assertThat(row.counted.due).isNull();
    return counted;
  }

  private static void settle(MessageRow row, long until, Map<Contribution, String> counted) {
    while (row.counted.due != null && row.counted.due <= until) {
      long due = row.counted.due;
      count(row, due, counted);
      assertThat(row.counted.due == null || row.counted.due > due).isTrue();
    }
  }

  private static void count(MessageRow row, long now, Map<Contribution, String> counted) {
    MessageRecord message = row.toRecord();
    for (Contribution made : row.count(message, now, SETTLE)) {
      String seen =
          switch (made) {
            case PENDING, DELIVERED, FAILED -> message.beginning().toString();
            case SEGMENTS -> message.beginning().campaign() + message.beginning().segments();
            case ERROR -> message.beginning() + message.errorLabel();
            case LATENCY -> message.beginning().carrier() + message.latency();
          };
      assertThat(counted.put(made, seen)).as("%s was made before", made).isNull();
    }
  }

  @Property(tries = 1000)
  void counted_anyOrderAndRepetitionWithinTheSettlingTime_isTheSameAndIsNeverCorrected(
      @ForAll("stories") Story story,
      @ForAll Random random,
      @ForAll @IntRange(max = 29) int seconds) {
    Set<Object> corrections = new HashSet<>();
    Map<Contribution, String> expected =
        counted(
            story.events(),
            story.whole(),
            Collections.nCopies(story.events().size(), START),
            corrections);
    List<Said> again = new ArrayList<>(story.events());
    story.events().stream().filter(said -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    List<Long> receipts = new ArrayList<>();
    again.forEach(said -> receipts.add(START + random.nextInt(seconds + 1) * SECOND));
    Collections.sort(receipts);
    assertThat(counted(again, story.whole(), receipts, corrections)).isEqualTo(expected);
    assertThat(corrections).isEmpty();
  }

  @Property(tries = 1000)
  void counted_howeverLate_isEachStateThatItReached(
      @ForAll("stories") Story story, @ForAll Random random) {
    List<Said> shuffled = new ArrayList<>(story.events());
    Collections.shuffle(shuffled, random);
    List<Long> receipts = new ArrayList<>();
    shuffled.forEach(said -> receipts.add(START + random.nextInt(200) * SECOND));
    Collections.sort(receipts);
    Set<Contribution> made = counted(shuffled, story.whole(), receipts, new HashSet<>()).keySet();
    MessageRow row = new MessageRow("m");
    shuffled.forEach(said -> row.merge(said.event(), story.whole(), said.at(), START));
    MessageRecord message = row.toRecord();
    assertThat(made.contains(Contribution.PENDING)).isEqualTo(message.hasBeenPending());
    assertThat(made.contains(Contribution.DELIVERED)).isEqualTo(message.isDelivered());
    assertThat(made.contains(Contribution.FAILED)).isEqualTo(message.isFailed());
    assertThat(made.contains(Contribution.ERROR)).isEqualTo(message.isFailed());
    assertThat(made.contains(Contribution.SEGMENTS))
        .isEqualTo(message.beginning().segments() != null);
    assertThat(made.contains(Contribution.LATENCY)).isEqualTo(message.latency() != null);
  }

  @Property(tries = 500)
  void merge_anyOrderAndRepetition_givesTheSameRow(
      @ForAll("contradictions") List<Said> events, @ForAll Random random) {
    List<Said> again = new ArrayList<>(events);
    events.stream().filter(said -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(merged(again)).isEqualTo(merged(events));
  }

  private static MessageRecord merged(List<Said> events) {
    MessageRow row = new MessageRow("m");
    events.forEach(said -> row.merge(said.event(), false, said.at(), START));
    return row.toRecord();
  }

  @Provide
  Arbitrary<Story> stories() {
    // Who says the whole beginning each time never says the carrier.
    return Arbitraries.oneOf(
        stories(Arbitraries.just("att"), false),
        stories(Arbitraries.just("att"), false),
        stories(Arbitraries.just(null), true));
  }

  private static Arbitrary<Story> stories(Arbitrary<String> carrier, boolean whole) {
    Arbitrary<List<Said>> statuses =
        Arbitraries.of(Status.class)
            .list()
            .uniqueElements()
            .ofMaxSize(5)
            .flatMap(
                reached ->
                    statusEvent(carrier, Arbitraries.just("30003"))
                        .list()
                        .ofSize(reached.size())
                        .map(said -> restated(said, reached)));
    Arbitrary<Said> beginning = sentEvent(Arbitraries.just("c1"), carrier).injectNull(0.2);
    return Combinators.combine(beginning, statuses)
        .as(
            (begun, changes) -> {
              List<Said> events = new ArrayList<>(changes);
              if (begun != null) {
                events.add(begun);
              }
              return new Story(events, whole);
            })
        .filter(story -> !story.events().isEmpty());
  }

  private static List<Said> restated(List<Said> said, List<Status> reached) {
    List<Said> all = new ArrayList<>();
    for (int i = 0; i < reached.size(); i++) {
      MessageEvent.StatusChanged one = (MessageEvent.StatusChanged) said.get(i).event();
      all.add(
          new Said(
              new MessageEvent.StatusChanged(
                  one.messageId(), reached.get(i), one.errorCode(), one.carrier()),
              said.get(i).at()));
    }
    return all;
  }

  @Provide
  Arbitrary<List<Said>> contradictions() {
    Arbitrary<String> few = Arbitraries.of("x", "y");
    return Arbitraries.oneOf(sentEvent(few, few), statusEvent(few, few))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static Arbitrary<Said> sentEvent(Arbitrary<String> campaign, Arbitrary<String> carrier) {
    Arbitrary<String> direction = Arbitraries.of("inbound", "outbound", "outbound");
    Arbitrary<Integer> segments = Arbitraries.of(0, 1, 2).injectNull(0.3);
    return Combinators.combine(
            campaign.injectNull(0.3),
            carrier.injectNull(0.5),
            direction.injectNull(0.2),
            segments,
            times())
        .as(
            (named, by, way, parts, at) -> {
              Map<String, Object> data = new HashMap<>();
              data.put("message_id", "m");
              data.put("campaign", named);
              data.put("carrier", by);
              data.put("direction", way);
              data.put("segments", parts);
              return new Said((MessageEvent) EventType.SMS_SENT.read(data), at);
            });
  }

  private static Arbitrary<Said> statusEvent(Arbitrary<String> carrier, Arbitrary<String> code) {
    return Combinators.combine(
            Arbitraries.of(Status.class), carrier.injectNull(0.5), code.injectNull(0.5), times())
        .as(
            (status, by, error, at) -> {
              Map<String, Object> data = new HashMap<>();
              data.put("message_id", "m");
              data.put("status", Words.of(status));
              data.put("carrier", by);
              data.put("error_code", error);
              return new Said((MessageEvent) EventType.SMS_STATUS.read(data), at);
            });
  }

  private static Arbitrary<Long> times() {
    return Arbitraries.longs().between(0, 3).map(second -> START + second * SECOND);
  }
}
