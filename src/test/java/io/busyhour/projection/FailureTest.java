package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static io.busyhour.projection.Stage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.journal.FaultyDatabase.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to rows and figures when a transaction does not end as it should. */
class FailureTest {
  private static final String BUSY = "voice_calls_by_status_total{status=\"busy\"} ";
  private static final String CALLS = "voice_calls_total ";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence initiated(String call) {
    return said("call.initiated", NOON, Map.of("call_id", call, "campaign_id", "c"));
  }

  private static Occurrence ended(String call) {
    return said("call.ended", NOON.plusSeconds(9), Map.of("call_id", call, "outcome", "busy"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"COMMIT_FAILS", "COMMIT_UNHEARD", "UNREACHABLE"})
  void batch_notCommittedAsItSeems_isCountedOnce(Fault fault) {
    stage.journal.receive(initiated("a"));
    stage.catchUp();
    Runnable saving = stage.saving();
    stage.database.set(fault);
    stage.journal.receive(ended("a"));
    until(() -> stage.progress().failure() != null);
    // Nobody sees, and nothing saves, what this batch left in memory.
    assertThatThrownBy(saving::run).isInstanceOf(IllegalStateException.class);
    stage.database.set(Fault.NONE);
    stage.catchUp();
    until(() -> stage.progress().failure() == null);
    stage.saving().run();
    assertThat(stage.scrape()).contains(BUSY + "1.0").contains(CALLS + "1.0");
    assertThat(stage.book.call("a").orElseThrow().end().outcome()).isEqualTo(Outcome.BUSY);
    // Another sender's word for the same end: the row knows that it was counted.
    stage.journal.receive(ended("a"));
    stage.settle();
    assertThat(stage.scrape()).contains(BUSY + "1.0").contains(CALLS + "1.0");
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
  }

  @Test
  void entry_thatCannotBeTakenIn_stopsAtItAndShowsWhatIsCommitted() {
    stage.poison("b");
    for (String call : new String[] {"a1", "a2", "a3", "b", "c"}) {
      stage.journal.receive(initiated(call));
    }
    until(() -> stage.progress().failure() != null && stage.progress().position() == 3);
    until(() -> stage.progress().restored());
    assertThat(stage.scrape()).contains(CALLS + "3.0");
    assertThat(stage.book.call("b")).isEmpty();
    assertThat(stage.progress().failure()).contains("poisoned");
    stage.poison(null);
    stage.catchUp();
    assertThat(stage.scrape()).contains(CALLS + "5.0");
  }

  @Test
  void twoProcesses_onOneDatabase_countEachCallOnce() {
    try (Stage other = stage.beside()) {
      for (int i = 0; i < 60; i++) {
        stage.journal.receive(initiated("call" + i));
        stage.journal.receive(ended("call" + i));
      }
      stage.catchUp();
      other.catchUp();
      // Whoever saves next finds out that the other one was there, and takes up what it left.
      until(() -> stage.scrape().contains(BUSY + "60.0"));
      until(() -> other.scrape().contains(BUSY + "60.0"));
      assertThat(stage.scrape()).contains(CALLS + "60.0");
      assertThat(other.scrape()).contains(CALLS + "60.0");
    }
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).contains(BUSY + "60.0").contains(CALLS + "60.0");
  }

  @Test
  void twoProcesses_onOneDatabase_settleEachCallOnce() {
    try (Stage other = stage.beside()) {
      for (int i = 0; i < 20; i++) {
        stage.journal.receive(ended("call" + i));
        stage.catchUp();
        other.catchUp();
      }
      // Nothing is received any more, so that the position tells neither that the other one
      // counted.
      stage.journal.pass(Duration.ofSeconds(31));
      until(() -> stage.scrape().contains(BUSY + "20.0"));
      until(() -> other.scrape().contains(BUSY + "20.0"));
      stage.journal.receive(initiated("last"));
      stage.journal.receive(ended("last"));
      until(() -> stage.scrape().contains(BUSY + "21.0"));
      until(() -> other.scrape().contains(BUSY + "21.0"));
    }
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).contains(BUSY + "21.0");
  }
}
