package io.busyhour.projection.meters.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.DialerEvent.State;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.SessionChange;
import io.busyhour.projection.change.SessionChange.Labels;
import io.busyhour.projection.change.SessionChange.Session;
import io.busyhour.projection.meters.RowGauge;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallerSessionsTest {
  private final Meters meters = Meters.create(3, Clock.systemUTC());
  private final CallerSessions sessions =
      new CallerSessions(meters, new RowGauge.Bounds(3, Duration.ofHours(24), Clock.systemUTC()));

  private static Session session(String campaign, State state) {
    return new Session("s", state, new Labels("a", campaign, null));
  }

  private Map<String, Double> shown(String name) {
    GaugeSnapshot family = (GaugeSnapshot) meters.snapshots(name::equals).get(0);
    return family.getDataPoints().stream()
        .collect(
            Collectors.toMap(
                point -> point.getLabels().get("account") + "/" + point.getLabels().get("campaign"),
                point -> point.getValue()));
  }

  @Test
  void labelSets_beyondTheLimit_areOne() {
    for (int i = 1; i <= 5; i++) {
      for (int n = 0; n < i; n++) {
        sessions.on(new SessionChange(null, session("c" + i, State.HOLD)));
      }
    }
    assertThat(shown("dialer_caller_sessions_hold"))
        .isEqualTo(Map.of("a/c1", 1.0, "a/c2", 2.0, "__other__/__other__", 12.0));
    assertThat(shown("dialer_caller_sessions_on_call"))
        .isEqualTo(Map.of("a/c1", 0.0, "a/c2", 0.0, "__other__/__other__", 0.0));
  }

  @Test
  void session_thatIsForgotten_takesItsLabelSetAlong() {
    Session one = session("c", State.ENDED);
    sessions.on(new SessionChange(null, one));
    assertThat(shown("dialer_caller_sessions_hold")).isEqualTo(Map.of("a/c", 0.0));
    sessions.on(new SessionChange(one, null));
    assertThat(shown("dialer_caller_sessions_hold")).isEmpty();
  }
}
