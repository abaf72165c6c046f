package io.busyhour.receive.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.receive.fuzz.Fuzz.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A short run of what {@code benchmarks/fuzz} does for longer. */
class FuzzTest {
  private static final int INPUTS = 5_000;

  @TestFactory
  Stream<DynamicTest> parser_ofAnything_takesOrRefusesIt() {
    return Fuzz.targets().stream()
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> feed(target)));
  }

  /** If all were taken or all refused, the inputs would be of no use. */
  private static void feed(Target target) {
    target.payloads().forEach(target::parse);
    Outcome outcome = Fuzz.feed(target, 0, INPUTS);
    assertThat(outcome.taken()).as("taken").isPositive();
    assertThat(outcome.refused()).as("refused").isPositive();
  }

  @Test
  void targets_areAllParsers() {
    assertThat(Fuzz.targets())
        .extracting(Target::name)
        .contains("cloudevents", "twilio-form", "twilio-events", "twilio-api", "livekit")
        .contains("rtpengine", "l2met", "statsd", "alertmanager")
        .doesNotHaveDuplicates();
  }
}
