package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.journal.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates, averages and deltas of the dashboard against calls gone through one by one. */
class DashboardModelTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:02:30Z");
  private static final Instant FROM = Instant.parse("2026-11-19T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> OUTCOMES =
      List.of("completed", "completed", "failed", "timeout", "busy", "no_answer", "canceled");
  private static final int CALLS = 250;

  @TempDir private Path folder;

  /** A call; the outcome is null while it is open, talk is below 0 where it is not known. */
  private record Call(Instant start, String outcome, double talk) {
    boolean isCompleted() {
      return "completed".equals(outcome);
    }
  }

  /** What is to be shown of the calls of a day. */
  private record Day(List<Call> calls) {
    static Day from(List<Call> all, Instant from, Instant until) {
      return new Day(
          all.stream()
              .filter(call -> !call.start().isBefore(from) && call.start().isBefore(until))
              .toList());
    }

    Double rate() {
      long ended = calls.stream().filter(call -> call.outcome() != null).count();
      long completed = calls.stream().filter(Call::isCompleted).count();
      return ended == 0 ? null : 100.0 * completed / ended;
    }

    Double talk() {
      OptionalDouble average =
          calls.stream()
              .filter(call -> call.isCompleted() && call.talk() >= 0)
              .mapToDouble(Call::talk)
              .average();
      return average.isPresent() ? average.getAsDouble() : null;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void dashboard_isThatOfTheCalls(long seed) {
    Random random = new Random(seed);
    HandClock hand = new HandClock(NOW);
    try (Running server = Running.start(folder, Map.of(), hand.clock())) {
      History history = new History("switch");
      List<Call> calls = new ArrayList<>();
      // The third history has nothing before the day.
      int seconds = (int) (seed == 3 ? DAY : DAY.multipliedBy(2)).toSeconds();
      for (int i = 0; i < CALLS; i++) {
        calls.add(call("c" + i, NOW.minusSeconds(random.nextInt(seconds)), random, history));
      }
      history.send(server);
      Day day = Day.from(calls, FROM, NOW.plusSeconds(1));
      Day before = Day.from(calls, FROM.minus(DAY), FROM);
      JsonNode summary = server.json("/metrics/dashboard").path("summary");
      assertThat(summary.path("total_calls").asInt()).isEqualTo(day.calls().size());
      double now = day.calls().size();
      double then = before.calls().size();
      assertShown(summary.path("total_calls_delta"), growth(now, then));
      assertShown(summary.path("success_rate"), day.rate());
      assertShown(
          summary.path("success_rate_delta"),
          before.rate() == null ? null : Double.valueOf(day.rate() - before.rate()));
      assertShown(summary.path("avg_duration"), day.talk());
      assertShown(summary.path("avg_duration_delta"), growth(day.talk(), before.talk()));
      assertThat(summary.path("active_now").asLong())
          .isEqualTo(calls.stream().filter(call -> call.outcome() == null).count());
    }
  }

  private static Call call(String id, Instant start, Random random, History history) {
    history.say("call.initiated", id, start, "");
    if (random.nextInt(8) == 0) {
      return new Call(start, null, -1);
    }
    String outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
    double talk = random.nextInt(5) == 0 ? -1 : random.nextInt(6000) / 10.0;
    String said = talk < 0 ? "" : ",\"duration_seconds\":" + talk;
    history.say("call.ended", id, start.plusSeconds(20), "\"outcome\":\"" + outcome + "\"" + said);
    return new Call(start, outcome, talk);
  }

  private static Double growth(Double now, Double then) {
    return then == null || then == 0 ? null : Double.valueOf((now - then) / then * 100);
  }

  /** One decimal is shown, and nothing that is no number. */
  private static void assertShown(JsonNode shown, Double exact) {
    if (exact == null) {
      assertThat(shown.isNull()).isTrue();
    } else {
      assertThat(shown.asDouble()).isCloseTo(exact, within(0.0500001));
      assertThat(shown.asText()).matches("-?\\d+\\.\\d");
    }
  }
}
