package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caller sessions, from journal to scrape. */
class SessionTest {
  private static final Duration IDLE = Duration.ofDays(1);

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence changed(String session, int second, String state) {
    return said(
        "caller_session.changed",
        NOON.plusSeconds(second),
        Map.of(
            "caller_session_id",
            session,
            "state",
            state,
            "account",
            "12",
            "campaign",
            "345",
            "campaign_type",
            "Power"));
  }

  /** On call, on hold, in wrap-up; null where there is no such series. */
  private List<String> counted(String campaign) {
    List<String> counted = new ArrayList<>();
    for (String state : List.of("on_call", "hold", "wrap_up")) {
      String start =
          "dialer_caller_sessions_%s{account=\"12\",campaign=\"%s\",campaign_type=\"power\"} "
              .formatted(state, campaign);
      counted.add(
          stage
              .scrape()
              .lines()
              .filter(line -> line.startsWith(start))
              .map(line -> line.substring(start.length()))
              .findFirst()
              .orElse(null));
    }
    return counted;
  }

  @Test
  void session_isCountedInItsPresentStateOnly() {
    stage.journal.receive(changed("a", 0, "hold"));
    stage.journal.receive(changed("b", 0, "hold"));
    stage.journal.receive(changed("c", 0, "wrap_up"));
    stage.journal.receive(changed("a", 5, "on_call"));
    stage.catchUp();
    assertThat(counted("345")).containsExactly("1.0", "1.0", "1.0");
    stage.journal.receive(changed("a", 9, "wrap_up"));
    stage.journal.receive(changed("b", 9, "ended"));
    stage.catchUp();
    assertThat(counted("345")).containsExactly("0.0", "0.0", "2.0");
  }

  @Test
  void session_ofWhichLittleIsSaid_keepsWhatWasSaidBefore() {
    stage.journal.receive(changed("a", 0, "hold"));
    stage.journal.receive(
        said(
            "caller_session.changed",
            NOON.plusSeconds(1),
            Map.of("caller_session_id", "a", "state", "on_call")));
    stage.journal.receive(
        said(
            "caller_session.changed",
            NOON.plusSeconds(2),
            Map.of("caller_session_id", "a", "state", "on_call", "campaign", "346")));
    stage.catchUp();
    assertThat(counted("346")).containsExactly("1.0", "0.0", "0.0");
    assertThat(counted("345")).containsOnlyNulls();
  }

  @Test
  void sessions_thatAllEnded_showZero_overARestartToo() {
    stage.journal.receive(changed("a", 0, "on_call"));
    stage.journal.receive(changed("a", 1, "ended"));
    stage.journal.receive(changed("a", 1, "ended"));
    stage.catchUp();
    assertThat(counted("345")).containsExactly("0.0", "0.0", "0.0");
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
  }

  @Test
  void session_ofWhichNothingIsHeardForADay_countsNoMore() {
    stage.journal.receive(changed("a", 0, "on_call"));
    stage.pass(Duration.ofHours(1));
    stage.journal.receive(changed("b", 3600, "hold"));
    stage.catchUp();
    stage.pass(IDLE.minusHours(1).minusNanos(1000));
    assertThat(counted("345")).containsExactly("1.0", "1.0", "0.0");
    stage.pass(Duration.ofNanos(1000));
    assertThat(counted("345")).as("the end of a was lost").containsExactly("0.0", "1.0", "0.0");
    stage.restart();
    stage.catchUp();
    assertThat(counted("345")).containsExactly("0.0", "1.0", "0.0");
    stage.pass(Duration.ofHours(1));
    assertThat(counted("345")).as("nobody is left").containsOnlyNulls();
    stage.journal.receive(changed("a", 100_000, "hold"));
    stage.catchUp();
    assertThat(counted("345")).as("it is there again").containsExactly("0.0", "1.0", "0.0");
  }

  @Test
  void session_heardOfNowAndThen_staysHoweverLong() {
    for (int day = 0; day < 4; day++) {
      stage.journal.receive(changed("a", day, "on_call"));
      stage.pass(IDLE.minusSeconds(1));
      stage.restart();
    }
    stage.catchUp();
    assertThat(counted("345")).containsExactly("1.0", "0.0", "0.0");
    stage.pass(Duration.ofSeconds(1));
    assertThat(counted("345")).containsOnlyNulls();
  }

  @Test
  void anyOrder_andRepetition_givesTheSameGauges() {
    List<Occurrence> day = new ArrayList<>();
    List<String> states = List.of("hold", "on_call", "wrap_up", "ended");
    for (int i = 0; i < 9; i++) {
      for (int step = 0; step <= i % 4; step++) {
        day.add(changed("s" + i, 10 * step + i, states.get(step)));
      }
    }
    Random random = new Random(5);
    for (int round = 0; round < 6; round++) {
      day.forEach(stage.journal::receive);
      stage.catchUp();
      // Of nine sessions, 3 are on hold, 2 on call, 2 in wrap-up and 2 gone.
      assertThat(counted("345")).containsExactly("2.0", "3.0", "2.0");
      try (Stage fresh = new Stage()) {
        Collections.shuffle(day, random);
        day.forEach(fresh.journal::receive);
        fresh.catchUp();
        assertThat(gauges(fresh)).isEqualTo(gauges(stage));
      }
    }
  }

  private static List<String> gauges(Stage stage) {
    return stage
        .scrape()
        .lines()
        .filter(line -> line.startsWith("dialer_caller_sessions"))
        .toList();
  }

  @Test
  void lines_sayHowManyThereAreAfterABatch() {
    stage.journal.receive(changed("a", 0, "hold"));
    stage.catchUp();
    String source = "source=web1.12.345.-.power.-.- ";
    assertThat(stage.l2met)
        .containsExactly(
            source + "sample#dialer.caller_sessions.on_call=0",
            source + "sample#dialer.caller_sessions.hold=1",
            source + "sample#dialer.caller_sessions.wrap_up=0");
    stage.l2met.clear();
    stage.journal.receive(changed("a", 1, "ended"));
    stage.catchUp();
    assertThat(stage.l2met)
        .containsExactly(
            source + "sample#dialer.caller_sessions.on_call=0",
            source + "sample#dialer.caller_sessions.hold=0",
            source + "sample#dialer.caller_sessions.wrap_up=0");
  }
}
