package io.busyhour.projection.meters.dialer;

import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WorkEvent.Action;
import io.busyhour.event.WorkEvent.AutoscaleDone;
import io.busyhour.event.WorkEvent.JobDone;
import io.busyhour.event.WorkEvent.Status;
import io.busyhour.event.field.Words;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.SessionChange;
import io.busyhour.projection.change.SessionChange.Session;
import io.busyhour.projection.change.TimerChange;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Labels;
import io.busyhour.projection.change.TimerChange.Request;
import io.busyhour.projection.change.TimerChange.Timer;
import io.busyhour.projection.meters.DialerMetrics;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a dialer's metrics as l2met lines, for those who drain them to Librato, one line a
 * measurement under Librato's names. Lines are written once their batch is committed and never
 * again: what a kill keeps from being written is in the figures, and missing in Librato.
 */
public final class L2metFold implements Fold {
  private static final List<State> SHOWN = List.of(State.ON_CALL, State.HOLD, State.WRAP_UP);

  private final String host;
  private final DialerMetrics metrics;
  private final CallerSessions sessions;
  private final Consumer<String> output;
  private final List<String> lines = new ArrayList<>();
  private final Set<SessionChange.Labels> changedSessions = new LinkedHashSet<>();

  /**
   * Writes lines to an output.
   *
   * @param host the first part of each source
   * @param metrics tells which latencies there are
   * @param sessions tells how many there are; must be told of changes before this is
   */
  public L2metFold(
      String host, DialerMetrics metrics, CallerSessions sessions, Consumer<String> output) {
    this.host = host;
    this.metrics = metrics;
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case AutoscaleDone said -> scaled(said);
      case JobDone said -> worked(said);
      default -> {
        // Has no name in Librato, or is told of as a change.
      }
    }
  }

  private void scaled(AutoscaleDone said) {
    String source = L2metLine.dotted(host);
    String name = "autoscale." + L2metLine.dotted(said.process());
    lines.add(L2metLine.count(source, name + ".total"));
    if (said.action() != Action.NONE) {
      lines.add(L2metLine.count(source, name + "." + Words.of(said.action())));
    }
    if (Boolean.TRUE.equals(said.error())) {
      lines.add(L2metLine.count(source, name + ".error"));
    }
  }

  /** A job is one job: its beginning is not another one. */
  private void worked(JobDone said) {
    if (said.status() != Status.STARTED) {
      String source = L2metLine.dotted(host);
      String process = L2metLine.dotted(said.process());
      String job = L2metLine.dotted(said.jobName());
      lines.add(L2metLine.count(source, process + ".jobs"));
      lines.add(L2metLine.count(source, process + "." + job + ".jobs"));
    }
  }

  @Override
  public void on(Change changed) {
    switch (changed) {
      case TimerChange change -> change.counted().forEach(counted -> write(counted, change));
      case SessionChange change -> {
        remember(change.before());
        remember(change.after());
      }
      default -> {
        // Has no name in Librato.
      }
    }
  }

  private void remember(Session session) {
    if (session != null) {
      changedSessions.add(session.labels());
    }
  }

  private void write(Contribution contribution, TimerChange change) {
    Timer timer = change.after();
    String source = source(timer.request(), change.labels());
    switch (contribution) {
      case REQUEST -> lines.add(L2metLine.count(source, "dialer.requests.total"));
      case ANSWER -> answer(timer, source);
      case ABANDONMENT -> lines.add(L2metLine.count(source, "dialer.requests.error"));
      case RESPONSE -> {
        String how = timer.response().isError() ? "error" : "completed";
        lines.add(L2metLine.count(source, "dialer.responses." + how));
      }
    }
  }

  private void answer(Timer timer, String source) {
    Result result = timer.response().result();
    String how = result == Result.ERROR ? "error" : "completed";
    lines.add(L2metLine.count(source, "dialer.requests." + how));
    if (metrics.isTimed(timer.request().leg(), result)) {
      String name = "dialer.%s.%s".formatted(Words.of(timer.request().leg()), Words.of(result));
      lines.add(L2metLine.sample(source, name, timer.latency()));
    }
  }

  private String source(Request request, Labels labels) {
    return L2metLine.dotted(
        host,
        labels.account(),
        labels.campaign(),
        request == null ? null : request.callerSessionId(),
        labels.campaignType(),
        labels.callerSessionType(),
        labels.callerPhoneType());
  }

  @Override
  public void committed() {
    for (SessionChange.Labels labels : changedSessions) {
      String source =
          L2metLine.dotted(
              host, labels.account(), labels.campaign(), null, labels.campaignType(), null, null);
      for (State state : SHOWN) {
        String name = "dialer.caller_sessions." + Words.of(state);
        lines.add(L2metLine.sample(source, name, sessions.count(labels, state)));
      }
    }
    lines.forEach(output);
    forget();
  }

  @Override
  public void restore(Connection transaction) {
    forget();
  }

  private void forget() {
    lines.clear();
    changedSessions.clear();
  }
}
