package io.busyhour.projection.meters.dialer;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.TimerChange;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Labels;
import io.busyhour.projection.change.TimerChange.Timer;
import io.busyhour.projection.meters.DialerMetrics;

/** What a dialer's timers add to the {@code dialer_*} families. */
public final class DialerFold implements Fold {
  private final DialerMetrics metrics;

  /** Counts by these metrics. */
  public DialerFold(DialerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof TimerChange change) {
      change.counted().forEach(contribution -> count(contribution, change));
    }
  }

  private void count(Contribution contribution, TimerChange change) {
    Labels labels = change.labels();
    switch (contribution) {
      case REQUEST -> count(metrics::requested, labels);
      case ANSWER -> answer(change.after(), labels);
      case ABANDONMENT -> {
        count(metrics::timerAbandoned, labels);
        count(metrics::requestFailed, labels);
      }
      case RESPONSE ->
          count(
              change.after().response().isError()
                  ? metrics::responseFailed
                  : metrics::responseCompleted,
              labels);
    }
  }

  private void answer(Timer timer, Labels labels) {
    Result result = timer.response().result();
    count(result == Result.ERROR ? metrics::requestFailed : metrics::requestCompleted, labels);
    Leg leg = timer.request().leg();
    String session = timer.request().callerSessionId();
    metrics.answered(
        leg,
        result,
        timer.latency().toNanos() / 1e9,
        new Exemplar("caller_session_id", session, timer.respondedAt()),
        labels.account(),
        labels.campaign(),
        labels.campaignType(),
        labels.callerSessionType(),
        labels.callerPhoneType());
  }

  /** One of the counters, all of which have the same labels. */
  private interface Counting {
    void count(
        String account,
        String campaign,
        String campaignType,
        String callerSessionType,
        String callerPhoneType);
  }

  private static void count(Counting counter, Labels labels) {
    counter.count(
        labels.account(),
        labels.campaign(),
        labels.campaignType(),
        labels.callerSessionType(),
        labels.callerPhoneType());
  }
}
