package io.busyhour.receive.librato;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.LineEvent;
import io.busyhour.event.LineEvent.Scaling;
import io.busyhour.event.LineEvent.Tally;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WorkEvent.Status;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.librato.Amount.Dimension;
import java.time.Instant;
import java.util.Map;

/**
 * What a measurement stands for in Busyhour's vocabulary: a dialer's names have events of their
 * own, all others keep their name.
 */
final class Meaning {
  private record Timer(Leg leg, Result result) {}

  private static final Map<String, Timer> TIMERS =
      Map.of(
          "dialer.contact.answered", new Timer(Leg.CONTACT, Result.ANSWERED),
          "dialer.contact.busy", new Timer(Leg.CONTACT, Result.BUSY),
          "dialer.contact.error", new Timer(Leg.CONTACT, Result.ERROR),
          "dialer.contact.redirect", new Timer(Leg.CONTACT, Result.REDIRECT),
          "dialer.transfer.answered", new Timer(Leg.TRANSFER, Result.ANSWERED),
          "dialer.transfer.busy", new Timer(Leg.TRANSFER, Result.BUSY),
          "dialer.transfer.error", new Timer(Leg.TRANSFER, Result.ERROR),
          "dialer.transfer.redirect", new Timer(Leg.TRANSFER, Result.REDIRECT),
          "dialer.caller.redirect", new Timer(Leg.CALLER, Result.REDIRECT));

  private static final Map<String, Tally> TALLIES =
      Map.of(
          "dialer.requests.total", Tally.REQUESTS,
          "dialer.requests.completed", Tally.REQUESTS_COMPLETED,
          "dialer.requests.error", Tally.REQUESTS_ERROR,
          "dialer.responses.completed", Tally.RESPONSES_COMPLETED,
          "dialer.responses.error", Tally.RESPONSES_ERROR);

  private static final Map<String, State> SESSIONS =
      Map.of(
          "dialer.caller_sessions.on_call", State.ON_CALL,
          "dialer.caller_sessions.hold", State.HOLD,
          "dialer.caller_sessions.wrap_up", State.WRAP_UP);

  private static final String AUTOSCALE = "autoscale.";
  private static final String JOB_STATUS = "job_status.";
  private static final String JOBS = ".jobs";
  private static final String SIGTERM = "sigterm";

  private static final Map<String, Status> STATUSES =
      Map.of(
          "started",
          Status.STARTED,
          "completed",
          Status.COMPLETED,
          "error",
          Status.ERROR,
          "exception",
          Status.ERROR,
          SIGTERM,
          Status.ERROR);

  private static final Map<String, Scaling> SCALINGS =
      Map.of(
          "total", Scaling.TOTAL,
          "error", Scaling.ERROR,
          "up", Scaling.UP,
          "down", Scaling.DOWN);

  private final String name;
  private final Amount amount;
  private final Source source;

  private Meaning(Measurement said, Source source) {
    this.name = said.name();
    this.amount = said.amount();
    this.source = source;
  }

  /**
   * The event of a measurement.
   *
   * @throws Refusal invalid_value for a name that is too long, and for an amount that nothing has
   */
  static Occurrence of(Measurement said, Source source, Instant time) {
    Meaning meaning = new Meaning(said, source);
    LineEvent event =
        switch (said.kind()) {
          case COUNT -> meaning.count();
          case SAMPLE -> meaning.sample();
          case MEASURE -> meaning.measure();
        };
    // Checked like any sender's: what is journaled has to be readable.
    Occurrence occurrence = Occurrence.of(time, event);
    Receiver.checked(event.type()::read, occurrence.data());
    return occurrence;
  }

  private LineEvent count() {
    Tally tally = TALLIES.get(name);
    LineEvent known = null;
    if (tally != null) {
      known = new LineEvent.DialerCounted(tally, amount.number(), source.origin());
    } else if (name.startsWith(AUTOSCALE)) {
      known = autoscale();
    } else if (name.startsWith(JOB_STATUS)) {
      known = jobStatus(name.substring(JOB_STATUS.length()));
    } else if (name.endsWith(JOBS)) {
      known = jobs(name.substring(0, name.length() - JOBS.length()));
    }
    return known == null
        ? new LineEvent.Counted(label(name), amount.number(), source.origin())
        : known;
  }

  /** {@code autoscale.process.up}. */
  private LineEvent autoscale() {
    int last = name.lastIndexOf('.');
    Scaling what = SCALINGS.get(name.substring(last + 1));
    return what == null || last <= AUTOSCALE.length()
        ? null
        : new LineEvent.AutoscaleCounted(
            label(name.substring(AUTOSCALE.length(), last)), what, amount.number());
  }

  /** {@code process.started}, {@code process.job.error}, or {@code exception} of a job's source. */
  private LineEvent jobStatus(String rest) {
    int last = rest.lastIndexOf('.');
    Status status = STATUSES.get(rest.substring(last + 1));
    Source.Job job = source.job();
    if (status == null || last == 0 || (last < 0 && job == null)) {
      return null;
    }
    String cause = status != Status.ERROR || job == null ? null : job.cause();
    if (last < 0) {
      return new LineEvent.JobsCounted(job.queue(), job.name(), status, cause, amount.number());
    }
    return jobs(rest.substring(0, last), status, rest.endsWith(SIGTERM) ? SIGTERM : cause);
  }

  /** {@code process.jobs} or {@code process.job.jobs}. */
  private LineEvent jobs(String rest) {
    int first = rest.indexOf('.');
    boolean isJob = !rest.isEmpty() && first == rest.lastIndexOf('.');
    return isJob && first != 0 && first != rest.length() - 1 ? jobs(rest, null, null) : null;
  }

  private LineEvent jobs(String processAndJob, Status status, String cause) {
    int first = processAndJob.indexOf('.');
    String process = first < 0 ? processAndJob : processAndJob.substring(0, first);
    String job = first < 0 ? null : label(processAndJob.substring(first + 1));
    return new LineEvent.JobsCounted(label(process), job, status, cause, amount.number());
  }

  private LineEvent sample() {
    State state = SESSIONS.get(name);
    return state == null
        ? timed(false)
        : new LineEvent.SessionsSampled(state, number(), source.origin());
  }

  private LineEvent measure() {
    return timed(true);
  }

  /** A dialer's timers are in seconds where they have no unit; nothing is known of others. */
  private LineEvent timed(boolean isMeasured) {
    Timer timer = TIMERS.get(name);
    Dimension of = amount.of();
    if (timer != null && (of == Dimension.TIME || of == Dimension.OTHER)) {
      return new LineEvent.DialerTimed(timer.leg, timer.result, number(), source.origin());
    }
    return isMeasured && of == Dimension.TIME
        ? new LineEvent.Measured(label(name), number(), source.origin())
        : new LineEvent.Sampled(label(name), number(), source.origin());
  }

  private Double number() {
    return amount.number().doubleValue();
  }

  private static String label(String name) {
    String label = Label.of(name);
    if (label == null) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "A name of a measurement has 1 to %d characters.".formatted(Label.LONGEST));
    }
    return label;
  }
}
