package io.busyhour.projection.calls.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.EventType;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.projection.change.CallRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CallRowProperties {
  private static final long START = 1_763_640_000_000_000L;

  record Heard(CallEvent event, String source, long at) {}

  @Property(tries = 500)
  void merge_anyOrderAndRepetition_givesTheSameRow(
      @ForAll("stories") List<Heard> story, @ForAll Random random) {
    CallRecord expected = fold(story);
    List<Heard> again = new ArrayList<>(story);
    story.stream().filter(h -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(fold(again)).isEqualTo(expected);
  }

  private static CallRecord fold(List<Heard> story) {
    CallRow row = new CallRow("a", story.getFirst().source());
    story.forEach(heard -> row.merge(heard.event(), heard.source(), heard.at(), 0));
    return row.toRecord();
  }

  @Provide
  Arbitrary<List<Heard>> stories() {
    return Combinators.combine(
            events(), Arbitraries.of("a", "b"), Arbitraries.longs().between(0, 3))
        .as((event, source, second) -> new Heard(event, source, START + second * 1_000_000))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static Arbitrary<CallEvent> events() {
    return Arbitraries.of(
            EventType.CALL_INITIATED,
            EventType.CALL_RINGING,
            EventType.CALL_ANSWERED,
            EventType.CALL_TAKEN,
            EventType.CALL_ENDED,
            EventType.CALL_QUALITY)
        .flatMap(type -> data().map(data -> (CallEvent) type.read(data)));
  }

  private static Arbitrary<Map<String, Object>> data() {
    Arbitrary<String> few = Arbitraries.of("x", "y").injectNull(0.5);
    Arbitrary<String> numbers =
        Arbitraries.of("+13035550100", "+442079460000", "+18005550100").injectNull(0.3);
    Arbitrary<Outcome> outcomes = Arbitraries.of(Outcome.class);
    Arbitrary<Double> amounts = Arbitraries.of(1.0, 2.5).injectNull(0.5);
    return Combinators.combine(few, few, numbers, numbers, outcomes, amounts)
        .as(
            (account, trunk, from, to, outcome, amount) -> {
              Map<String, Object> data = new HashMap<>();
              data.put("call_id", "a");
              data.put("account", account);
              data.put("trunk", trunk);
              data.put("from", from);
              data.put("to", to);
              data.put("outcome", Words.of(outcome));
              data.put("duration_seconds", amount);
              data.put("cost", amount);
              data.put("mos", amount);
              data.put("has_transcript", amount == null ? null : Boolean.valueOf(amount > 2));
              return data;
            });
  }
}
