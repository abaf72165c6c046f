package io.busyhour.projection.calls.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.WebhookEvent.Worker;
import io.busyhour.projection.change.WorkerChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WorkerRowProperties {
  record Heard(Worker event, long at) {}

  @Property(tries = 500)
  void merge_anyOrderAndRepetition_givesTheLatestHeartbeat(
      @ForAll("stories") List<Heard> story, @ForAll Random random) {
    WorkerChange.Worker expected = fold(story);
    List<Heard> again = new ArrayList<>(story);
    story.stream().filter(heard -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(fold(again)).isEqualTo(expected);
  }

  private static WorkerChange.Worker fold(List<Heard> story) {
    WorkerRow row = new WorkerRow("w");
    story.forEach(heard -> row.merge(heard.event(), heard.at(), 100));
    return row.toRecord();
  }

  @Provide
  Arbitrary<List<Heard>> stories() {
    return Combinators.combine(
            Arbitraries.of(1.0, 2.0).injectNull(0.3),
            Arbitraries.of(1, 2).injectNull(0.3),
            Arbitraries.of(1.0, 2.0).injectNull(0.3),
            Arbitraries.longs().between(0, 3))
        .as((uptime, size, age, at) -> new Heard(new Worker("w", uptime, size, age), at))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Example
  void clock_thatIsAhead_isSeenWhenItIsReceived() {
    WorkerRow row = new WorkerRow("w");
    row.merge(new Worker("w", 1.0, 2, 3.0), 86_400_000_000L, 5_000_000);
    assertThat(row.toRecord().seenAt()).isEqualTo(Instant.EPOCH.plusSeconds(5));
    assertThat(row.toRecord().heartbeatAt()).isEqualTo(Instant.EPOCH.plusSeconds(86_400));
  }
}
