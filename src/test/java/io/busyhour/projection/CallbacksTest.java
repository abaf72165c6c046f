package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbered callbacks of which some never come. */
class CallbacksTest {
  private static final List<String> STEPS = List.of("initiated", "ringing", "answered", "ended");

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  /** One callback as the door has it: what it says of the call, then that it came. */
  private void callback(String call, int number) {
    callback(call, number, Integer.valueOf(number));
  }

  private void callback(String call, int step, Integer number) {
    Map<String, Object> about = new HashMap<>(Map.of("call_id", call));
    if (step == 3) {
      about.put("outcome", "completed");
    }
    Map<String, Object> callback = new HashMap<>(Map.of("call_id", call, "status", "x"));
    if (number != null) {
      callback.put("sequence", number);
    }
    List<Occurrence> occurrences =
        List.of(
            said("call." + STEPS.get(step), NOON.plusSeconds(step), about),
            said("twilio.call_callback", NOON.plusSeconds(step), callback));
    stage.journal.receive(occurrences, true);
  }

  private void assertMissing(int missing, int late) {
    assertThat(stage.scrape())
        .contains("busyhour_callbacks_missing_total{source=\"test\"} " + missing + ".0\n")
        .contains("busyhour_corrections_total{what=\"callback\"} " + late + ".0\n");
  }

  @Test
  void call_withAllItsCallbacks_missesNone() {
    IntStream.of(3, 0, 2, 1).forEach(number -> callback("a", number));
    stage.settle();
    assertMissing(0, 0);
  }

  @Test
  void call_endedWithoutSome_missesThemWhenSettled() {
    callback("a", 0);
    callback("a", 3);
    stage.pass(Duration.ofSeconds(29));
    assertMissing(0, 0);
    stage.pass(Duration.ofSeconds(2));
    assertMissing(2, 0);
    assertThat(stage.scrape()).contains("voice_calls_active 0.0");
  }

  @Test
  void call_thatGoesOn_missesNoneYet() {
    callback("a", 0);
    callback("a", 2);
    stage.settle();
    stage.settle();
    assertMissing(0, 0);
    callback("a", 3);
    stage.settle();
    assertMissing(1, 0);
  }

  @Test
  void callback_afterItWasMissed_isACorrection() {
    callback("a", 3);
    stage.settle();
    assertMissing(3, 0);
    callback("a", 1);
    callback("a", 1);
    stage.settle();
    assertMissing(3, 1);
  }

  @Test
  void callback_afterTheEnd_waitsForThoseBefore() {
    IntStream.range(0, 4).forEach(number -> callback("a", number));
    stage.settle();
    callback("a", 2, 6);
    stage.pass(Duration.ofSeconds(20));
    callback("a", 2, 4);
    stage.pass(Duration.ofSeconds(20));
    assertMissing(0, 0);
    stage.pass(Duration.ofSeconds(11));
    assertMissing(1, 0);
  }

  @Test
  void callback_withoutANumberOrWithOneBeyondBelief_saysNothing() {
    callback("a", 0);
    callback("a", 3, null);
    callback("b", 3, 63);
    callback("c", 3, 1_000_000_000);
    stage.settle();
    assertMissing(0, 0);
    callback("d", 3, 62);
    stage.settle();
    assertMissing(62, 0);
  }

  @Test
  void callback_ofACallThatNobodySpokeOf_isNoCall() {
    Map<String, ?> callback = Map.of("call_id", "a", "status", "other", "sequence", 1);
    stage.journal.receive(said("twilio.call_callback", NOON, callback));
    stage.settle();
    assertThat(stage.book.call("a")).isEmpty();
    assertMissing(0, 0);
  }

  @Test
  void call_endedBySomebodyElse_missesWhatIsBelowTheHighest() {
    callback("a", 0);
    callback("a", 2);
    stage.journal.receive(said("call.released", NOON.plusSeconds(9), Map.of("call_id", "a")));
    stage.settle();
    stage.settle();
    assertMissing(1, 0);
  }

  @Test
  void missing_overRestarts_isCountedOnce() {
    callback("a", 0);
    callback("a", 3);
    stage.catchUp();
    stage.restart();
    stage.settle();
    assertMissing(2, 0);
    stage.restart();
    callback("a", 2);
    stage.settle();
    stage.restart();
    stage.catchUp();
    assertMissing(2, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void callbacks_anyOrderAndRepetition_missTheSame(long seed) {
    Random random = new Random(seed);
    List<Integer> came = new ArrayList<>();
    long missing = 0;
    for (int call = 0; call < 40; call++) {
      int seen = random.nextInt(16);
      for (int step = 0; step < 4; step++) {
        if ((seen & 1 << step) != 0) {
          came.add(call * 4 + step);
        }
      }
      // Below the end, if that came.
      missing += seen >= 8 ? 3 - Integer.bitCount(seen & 7) : 0;
    }
    came.addAll(came.subList(0, came.size() / 3));
    Collections.shuffle(came, random);
    for (int one : came) {
      callback("c" + one / 4, one % 4);
      if (random.nextInt(50) == 0) {
        stage.catchUp();
        stage.restart();
      }
    }
    stage.settle();
    assertMissing((int) missing, 0);
  }
}
