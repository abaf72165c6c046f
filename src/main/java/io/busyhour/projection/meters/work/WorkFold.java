package io.busyhour.projection.meters.work;

import io.busyhour.event.LineEvent.AutoscaleCounted;
import io.busyhour.event.LineEvent.JobsCounted;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WorkEvent.AutoscaleDone;
import io.busyhour.event.WorkEvent.JobDone;
import io.busyhour.event.WorkEvent.Status;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import java.util.regex.Pattern;

/** Jobs and autoscalers, by the processes that they work for. */
public final class WorkFold implements Fold {
  /** A cause is the name of a class of failures; a sentence, which may hold anything, is not. */
  private static final Pattern CAUSE = Pattern.compile("(?!.*(\\d.*){7})[A-Za-z][\\w.:$-]{0,63}");

  private static final String OTHER_CAUSE = "other";

  private final CounterFamily requests;
  private final CounterFamily errors;
  private final CounterFamily up;
  private final CounterFamily down;
  private final CounterFamily jobs;

  /** Registers the families. */
  public WorkFold(Meters meters) {
    requests = autoscale(meters, "autoscale_requests_total", "How often an autoscaler looked.");
    errors = autoscale(meters, "autoscale_errors_total", "How often an autoscaler failed.");
    up = autoscale(meters, "autoscale_up_total", "How often an autoscaler added a process.");
    down = autoscale(meters, "autoscale_down_total", "How often an autoscaler removed one.");
    jobs =
        meters.counter(
            "jobs_total",
            "Jobs that began, ended well or failed.",
            "process",
            "job_name",
            "status",
            "cause");
  }

  private static CounterFamily autoscale(Meters meters, String name, String help) {
    return meters.counter(name, help, "process");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case AutoscaleDone e -> on(e);
      case JobDone e -> on(e);
      case AutoscaleCounted e -> on(e);
      case JobsCounted e -> on(e);
      default -> {
        // No work.
      }
    }
  }

  private void on(AutoscaleDone said) {
    String process = said.process();
    know(process);
    requests.add(1, process);
    switch (said.action()) {
      case UP -> up.add(1, process);
      case DOWN -> down.add(1, process);
      case NONE -> {
        // It left things as they were.
      }
    }
    if (Boolean.TRUE.equals(said.error())) {
      errors.add(1, process);
    }
  }

  /** What this process may come to, so that its first increment is seen by rate(). */
  private void know(String process) {
    up.touch(process);
    down.touch(process);
    errors.touch(process);
  }

  /** A line counts one of the four at a time. */
  private void on(AutoscaleCounted said) {
    know(said.process());
    CounterFamily family =
        switch (said.what()) {
          case TOTAL -> requests;
          case ERROR -> errors;
          case UP -> up;
          case DOWN -> down;
        };
    family.add(said.amount(), said.process());
  }

  private void on(JobsCounted said) {
    String status = said.status() == null ? null : Words.of(said.status());
    if (status != null) {
      know(said.process(), said.jobName());
    }
    jobs.add(said.amount(), said.process(), said.jobName(), status, cause(said.cause()));
  }

  private void know(String process, String job) {
    for (Status status : Status.values()) {
      jobs.touch(process, job, Words.of(status), "");
    }
  }

  private void on(JobDone said) {
    know(said.process(), said.jobName());
    jobs.add(1, said.process(), said.jobName(), Words.of(said.status()), cause(said.cause()));
  }

  private static String cause(String said) {
    return said == null || CAUSE.matcher(said).matches() ? said : OTHER_CAUSE;
  }
}
