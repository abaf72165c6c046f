package io.busyhour.projection.calls.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.projection.change.SessionChange.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SessionRowProperties {
  record Heard(SessionChanged event, long at) {}

  @Property(tries = 500)
  void merge_anyOrderAndRepetition_givesTheSameSession(
      @ForAll("stories") List<Heard> story, @ForAll Random random) {
    Session expected = fold(story);
    List<Heard> again = new ArrayList<>(story);
    story.stream().filter(heard -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(fold(again)).isEqualTo(expected);
    long last = story.stream().mapToLong(Heard::at).max().orElseThrow();
    assertThat(story)
        .anyMatch(heard -> heard.at() == last && heard.event().state() == expected.state());
  }

  private static Session fold(List<Heard> story) {
    SessionRow row = new SessionRow("s");
    story.forEach(heard -> row.merge(heard.event(), heard.at(), 1));
    row.due(2L);
    return row.toRecord();
  }

  @Provide
  Arbitrary<List<Heard>> stories() {
    Arbitrary<String> few = Arbitraries.of("x", "Y").injectNull(0.4);
    return Combinators.combine(
            Arbitraries.of(State.class), few, few, few, Arbitraries.longs().between(0, 3))
        .as(
            (state, account, campaign, type, at) ->
                new Heard(new SessionChanged("s", state, account, campaign, type), at))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
