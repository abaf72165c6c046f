package io.busyhour.projection.meters.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Quality;
import io.busyhour.journal.HandClock;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.QualityChange;
import io.busyhour.projection.meters.carrier.WorstCalls.Measure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorstCallsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final HandClock clock = new HandClock(NOON);
  private final WorstCalls worst = new WorstCalls(clock);

  private void report(String callId, Double mos, Double jitter) {
    CallRecord call = new CallRecord(callId, "s", Beginning.UNKNOWN, null, null, null, null, null);
    Quality quality = new Quality(callId, null, null, mos, null, jitter, null, null);
    worst.on(new QualityChange(call, quality, clock.instant()));
  }

  @Test
  void mos_theLowestIsTheWorst() {
    report("good", 4.4, 2.0);
    report("bad", 1.9, 90.0);
    report("fair", 3.6, 20.0);
    assertThat(worst.worst(Measure.MOS, 2))
        .extracting(w -> w.callId())
        .containsExactly("bad", "fair");
    assertThat(worst.worst(Measure.JITTER, 2))
        .extracting(w -> w.callId())
        .containsExactly("bad", "fair");
    assertThat(worst.worst(Measure.LOSS, 2)).isEmpty();
  }

  @Test
  void call_reportedTwice_isThereOnceWithItsWorst() {
    report("a", 3.0, null);
    report("a", 2.0, null);
    report("a", 4.0, null);
    assertThat(worst.worst(Measure.MOS, 10)).extracting(w -> w.value()).containsExactly(2.0);
  }

  @Test
  void call_ofMoreThanAnHourAgo_isGone() {
    report("old", 1.0, null);
    clock.turn(Duration.ofMinutes(59));
    report("new", 2.0, null);
    assertThat(worst.worst(Measure.MOS, 10)).hasSize(2);
    clock.turn(Duration.ofMinutes(2));
    assertThat(worst.worst(Measure.MOS, 10)).extracting(w -> w.callId()).containsExactly("new");
  }

  @Test
  void calls_beyondTheLimit_theBestAreForgotten() {
    for (int i = 0; i < 1_500; i++) {
      report("call-" + i, 1 + i / 1_000.0, null);
    }
    assertThat(worst.worst(Measure.MOS, 5_000))
        .hasSize(1_000)
        .first()
        .extracting(w -> w.callId())
        .isEqualTo("call-0");
  }
}
