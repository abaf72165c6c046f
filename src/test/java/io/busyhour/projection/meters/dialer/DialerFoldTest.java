package io.busyhour.projection.meters.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.TimerChange;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Labels;
import io.busyhour.projection.change.TimerChange.Request;
import io.busyhour.projection.change.TimerChange.Response;
import io.busyhour.projection.change.TimerChange.Timer;
import io.busyhour.projection.meters.DialerMetrics;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DialerFoldTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Meters meters = Meters.create(100, Clock.systemUTC());
  private final DialerFold fold = new DialerFold(new DialerMetrics(meters));

  private Exemplars answered(String session) {
    Labels labels = new Labels("12", null, "power", null, null);
    Timer timer =
        new Timer(
            "r",
            new Request(Leg.TRANSFER, labels, session),
            NOON,
            new Response(Result.BUSY, 200),
            NOON.plusMillis(800));
    fold.on(new TimerChange(timer, Set.of(Contribution.ANSWER), labels, Set.of()));
    HistogramSnapshot family =
        (HistogramSnapshot) meters.snapshots("dialer_transfer_busy_seconds"::equals).get(0);
    return family.getDataPoints().getFirst().getExemplars();
  }

  @Test
  void callerSession_isAnExemplar() {
    Exemplars shown = answered("9981");
    assertThat(shown.size()).isEqualTo(1);
    assertThat(shown.get(0).getLabels().get("caller_session_id")).isEqualTo("9981");
    assertThat(shown.get(0).getValue()).isEqualTo(0.8);
    assertThat(shown.get(0).getTimestampMillis()).isEqualTo(NOON.plusMillis(800).toEpochMilli());
  }

  @Test
  void callerSession_thatIsUnknown_isNone() {
    assertThat(answered(null).size()).isZero();
  }
}
