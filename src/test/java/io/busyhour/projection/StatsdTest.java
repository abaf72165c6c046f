package io.busyhour.projection;

import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.StatsdEvent;
import io.busyhour.event.StatsdEvent.Metric;
import io.busyhour.journal.FaultyDatabase.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatsdTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Metric metric(String name, String... tags) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      byName.put(tags[i], tags[i + 1]);
    }
    return new Metric(name, byName, 1L);
  }

  private static StatsdEvent counted(String name, String amount, String... tags) {
    return new StatsdEvent.Counted(metric(name, tags), new BigDecimal(amount));
  }

  private static StatsdEvent set(String name, String value, String... tags) {
    return new StatsdEvent.GaugeSet(metric(name, tags), new BigDecimal(value));
  }

  private static StatsdEvent changed(String name, String change, String... tags) {
    return new StatsdEvent.GaugeChanged(metric(name, tags), new BigDecimal(change));
  }

  private static StatsdEvent timed(String name, String seconds, long times, String... tags) {
    BigDecimal value = new BigDecimal(seconds);
    return new StatsdEvent.Timed(
        metric(name, tags), List.of(value), List.of(times), value.multiply(new BigDecimal(times)));
  }

  /** One flush. */
  private void receive(StatsdEvent... events) {
    List<Occurrence> occurrences =
        Arrays.stream(events).map(event -> Occurrence.of(NOON, event)).toList();
    stage.journal.receive(occurrences, false);
  }

  private String scrape() {
    stage.catchUp();
    return stage.scrape();
  }

  private String afterRestart() {
    stage.catchUp();
    stage.restart();
    return scrape();
  }

  @Test
  void kinds_becomeFamiliesOfTheirOwn() {
    receive(
        counted("dialer.calls", "2.5", "tenant", "acme"),
        set("dialer.active", "12"),
        timed("dialer.pdd", "0.32", 2, "zone", "INTRASTATE"),
        new StatsdEvent.Unique(metric("dialer.agents"), 7L),
        new StatsdEvent.Ignored(3L));
    assertThat(scrape())
        .contains("# TYPE statsd_dialer_calls_total counter")
        .contains("statsd_dialer_calls_total{tenant=\"acme\"} 2.5\n")
        .contains("# TYPE statsd_dialer_active gauge")
        .contains("statsd_dialer_active 12.0\n")
        .contains("# TYPE statsd_dialer_pdd_seconds histogram")
        .contains("statsd_dialer_pdd_seconds_bucket{zone=\"INTRASTATE\",le=\"0.25\"} 0\n")
        .contains("statsd_dialer_pdd_seconds_bucket{zone=\"INTRASTATE\",le=\"0.5\"} 2\n")
        .contains("statsd_dialer_pdd_seconds_sum{zone=\"INTRASTATE\"} 0.64\n")
        .contains("statsd_dialer_agents_unique 7.0\n")
        .contains("busyhour_statsd_samples_total{result=\"counted\"} 4.0\n")
        .contains("busyhour_statsd_samples_total{result=\"ignored\"} 3.0\n")
        .contains("busyhour_statsd_samples_total{result=\"overflow\"} 0.0\n");
  }

  @Test
  void restart_showsTheSameBeforeAnyLineComes() {
    receive(
        counted("a", "0.1", "x", "1"),
        counted("b", "1"),
        set("g", "5", "x", "1"),
        timed("t", "0.1", 3, "x", "1"),
        new StatsdEvent.Unique(metric("s", "x", "1"), 2L));
    receive(counted("a", "0.2", "y", "2"));
    String before = scrape();
    assertThat(afterRestart()).isEqualTo(before);
    receive(counted("a", "0.2", "x", "1"), changed("g", "-1.9", "x", "1"), timed("t", "9", 1));
    assertThat(scrape())
        .contains("statsd_a_total{x=\"1\",y=\"\"} 0.3\n")
        .contains("statsd_a_total{x=\"\",y=\"2\"} 0.2\n")
        .contains("statsd_g{x=\"1\"} 3.1\n")
        .contains("statsd_t_seconds_count{x=\"1\"} 3\n")
        .contains("statsd_t_seconds_count{x=\"\"} 1\n");
  }

  @Test
  void family_isWidenedByANewTag_andItsSeriesGoOn() {
    receive(counted("a", "1"), set("g", "1"), timed("t", "1", 1));
    assertThat(scrape()).contains("statsd_a_total 1.0\n", "statsd_g 1.0\n");
    receive(counted("a", "2", "x", "1"), set("g", "2", "x", "1"), timed("t", "1", 1, "x", "1"));
    receive(counted("a", "1"), changed("g", "1"), timed("t", "1", 1));
    String before = scrape();
    assertThat(before)
        .contains("statsd_a_total{x=\"\"} 2.0\n", "statsd_a_total{x=\"1\"} 2.0\n")
        .contains("statsd_g{x=\"\"} 2.0\n", "statsd_g{x=\"1\"} 2.0\n")
        .contains("statsd_t_seconds_count{x=\"\"} 2\n", "statsd_t_seconds_count{x=\"1\"} 1\n");
    assertThat(afterRestart()).isEqualTo(before);
  }

  @Test
  void tags_ofOtherNames_areNoOthers() {
    receive(
        counted("a", "1", "job", "j", "instance", "i", "le", "l", "__name__", "n", "9x", "d"),
        counted("a", "1", "x.y", "dot"),
        counted("a", "1", "x-y", "dot"));
    assertThat(scrape())
        .contains(
            "statsd_a_total{_9x=\"d\",exported___name__=\"n\",exported_instance=\"i\","
                + "exported_job=\"j\",exported_le=\"l\",x_y=\"\"} 1.0\n")
        .contains(
            "statsd_a_total{_9x=\"\",exported___name__=\"\",exported_instance=\"\","
                + "exported_job=\"\",exported_le=\"\",x_y=\"dot\"} 2.0\n");
  }

  @Test
  void names_thatAreTheSameToPrometheus_areOneFamily() {
    receive(counted("a.b", "1"), counted("a-b", "1"), counted("a/b.total", "1"));
    receive(timed("c", "1", 1), timed("c.seconds", "1", 1), set("q.count", "3"));
    receive(counted("q.sum", "3"));
    assertThat(scrape())
        .contains("statsd_a_b_total 3.0\n")
        .contains("statsd_c_seconds_count 2\n")
        .contains("statsd_q_count_value 3.0\n")
        .contains("statsd_q_sum_value_total 3.0\n");
  }

  @Test
  void name_thatIsTakenByAnotherKind_namesItsOwn() {
    receive(counted("a", "1"), set("a", "2"), timed("a", "3", 1), set("a.seconds", "4"));
    receive(set("b", "5"), counted("b", "6"), set("c.unique", "7"));
    receive(new StatsdEvent.Unique(metric("c"), 8L), set("d.seconds", "1"), timed("d", "9", 1));
    String before = scrape();
    assertThat(before)
        .contains("statsd_a_total 1.0\n", "statsd_a_gauge 2.0\n", "statsd_a_seconds_sum 3.0\n")
        .contains("statsd_a_seconds_gauge 4.0\n")
        .contains("statsd_b 5.0\n", "statsd_b_counter_total 6.0\n")
        .contains("statsd_c_unique 7.0\n", "statsd_c_set_unique 8.0\n")
        .contains("statsd_d_seconds 1.0\n", "statsd_d_timer_seconds_sum 9.0\n");
    assertThat(afterRestart()).isEqualTo(before);
  }

  @Test
  void gauge_signsApplyInJournalOrder() {
    receive(changed("g", "3"));
    receive(changed("g", "-0.1"));
    receive(set("g", "333"));
    receive(changed("g", "-10"), changed("g", "0.1"));
    receive(changed("g", "0.2"));
    assertThat(scrape()).contains("statsd_g 323.3\n");
  }

  @Test
  void sameFlushTwice_countsOnce() {
    Delivery flush =
        new Delivery(
            new EventKey("statsd", "i-1"),
            List.of(Occurrence.of(NOON, counted("a", "1")), Occurrence.of(NOON, changed("g", "1"))),
            false);
    stage.journal.receive(flush);
    stage.journal.receive(flush);
    assertThat(scrape()).contains("statsd_a_total 1.0\n", "statsd_g 1.0\n");
  }

  @Test
  void labels_areTenAtMost() {
    String[] tags =
        IntStream.range(0, 24)
            .mapToObj(i -> i % 2 == 0 ? "t%02d".formatted(i / 2) : "v")
            .toArray(String[]::new);
    receive(counted("a", "1", tags));
    receive(counted("a", "1", "t03", "v", "other", "x"));
    assertThat(scrape())
        .contains("t08=\"v\",t09=\"v\"} 1.0\n")
        .contains("t02=\"\",t03=\"v\",t04=\"\"")
        .doesNotContain("t10", "other=")
        .contains("busyhour_statsd_dropped_tags_total 3.0\n");
  }

  @Test
  void families_areAsManyAsIsSet() {
    for (int i = 0; i < Stage.STATSD_FAMILIES; i++) {
      receive(counted("c" + i, "1"));
    }
    receive(counted("c" + Stage.STATSD_FAMILIES, "1"), set("c0", "1"), counted("c0", "1"));
    String before = scrape();
    assertThat(before)
        .contains("statsd_c0_total 2.0\n")
        .contains("busyhour_statsd_samples_total{result=\"overflow\"} 2.0\n")
        .doesNotContain("statsd_c" + Stage.STATSD_FAMILIES + "_total")
        .doesNotContain("statsd_c0_gauge");
    assertThat(afterRestart()).isEqualTo(before);
    receive(counted("more", "1"));
    assertThat(scrape()).contains("busyhour_statsd_samples_total{result=\"overflow\"} 3.0\n");
  }

  @Test
  void family_whoseSeriesAreAllIdle_makesRoomAtTheNextStart() {
    for (int i = 0; i < Stage.STATSD_FAMILIES; i++) {
      receive(set("g" + i, "1", "x", "1"));
    }
    stage.catchUp();
    stage.hand.turn(Stage.IDLE.series().plusMinutes(2));
    receive(set("g0", "2", "x", "1"));
    stage.catchUp();
    Stage.until(() -> !stage.scrape().contains("statsd_g1{"));
    assertThat(afterRestart()).contains("statsd_g0{x=\"1\"} 2.0\n");
    receive(set("g" + Stage.STATSD_FAMILIES, "3", "y", "1"));
    assertThat(scrape()).contains("statsd_g" + Stage.STATSD_FAMILIES + "{y=\"1\"} 3.0\n");
  }

  @Test
  void series_beyondTheLimit_areFolded_inAWidenedFamilyToo() {
    StatsdEvent[] many =
        IntStream.range(0, Stage.LIMIT + 10)
            .mapToObj(i -> counted("a", "1", "x", "v" + i))
            .toArray(StatsdEvent[]::new);
    receive(many);
    receive(counted("a", "1", "y", "w"), counted("a", "5", "x", "v0"));
    String before = scrape();
    assertThat(before)
        .contains("statsd_a_total{x=\"__other__\",y=\"__other__\"} 12.0\n")
        .contains("statsd_a_total{x=\"v0\",y=\"\"} 6.0\n")
        .contains("busyhour_cardinality_overflow_total{family=\"statsd_a_total\"} 12.0\n");
    assertThat(afterRestart()).isEqualTo(before);
    receive(counted("a", "1", "y", "w2"));
    assertThat(scrape()).contains("statsd_a_total{x=\"__other__\",y=\"__other__\"} 13.0\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"COMMIT_FAILS", "COMMIT_UNHEARD", "UNREACHABLE"})
  void failedBatch_leavesNoTrace_andIsTakenInOnce(Fault fault) {
    receive(counted("a", "1", "x", "1"));
    stage.catchUp();
    stage.database.set(fault);
    receive(counted("a", "2", "y", "1"), counted("new", "3", "x", "1"), changed("g", "4"));
    Stage.until(() -> stage.progress().failure() != null);
    stage.database.set(Fault.NONE);
    assertThat(scrape())
        .contains("statsd_a_total{x=\"1\",y=\"\"} 1.0\n")
        .contains("statsd_a_total{x=\"\",y=\"1\"} 2.0\n")
        .contains("statsd_new_total{x=\"1\"} 3.0\n")
        .contains("statsd_g 4.0\n");
    assertThat(afterRestart()).contains("statsd_g 4.0\n");
  }

  @Test
  void twoProcesses_onOneDatabase_countOnce() {
    try (Stage other = stage.beside()) {
      for (int i = 0; i < 30; i++) {
        receive(counted("a", "1", "t" + i % 7, "v"), set("g" + i % 5, Integer.toString(i)));
        stage.catchUp();
        other.catchUp();
      }
      stage.journal.pass(Duration.ofSeconds(1));
      String[] seen = new String[1];
      // Each takes up what the other one saved when it next has something to do.
      Stage.until(
          () -> {
            receive(counted("tick", "1"));
            seen[0] = scrape();
            return seen[0].contains("t6=\"v\"} 4.0\n");
          });
      assertThat(seen[0]).contains("t0=\"v\",t1=\"\"").contains("statsd_g4 29.0\n");
    }
  }
}
