package io.busyhour.event;

import io.busyhour.event.field.Fields;

/** What background processes report: scaling and jobs. */
public sealed interface WorkEvent extends Event {

  /** What an autoscaler did. */
  enum Action {
    /** It added a process. */
    UP,
    /** It removed one. */
    DOWN,
    /** It left things as they were. */
    NONE
  }

  /** How far a job came. */
  enum Status {
    /** It began. */
    STARTED,
    /** It ended well. */
    COMPLETED,
    /** It failed. */
    ERROR
  }

  /** {@code autoscale.done}: an autoscaler looked at a process. */
  record AutoscaleDone(String process, Action action, Boolean error) implements WorkEvent {
    static AutoscaleDone read(Fields f) {
      return new AutoscaleDone(
          f.need("process").text(),
          f.need("action").oneOf(Action.class),
          f.maybe("error").flagOrText());
    }

    @Override
    public EventType type() {
      return EventType.AUTOSCALE_DONE;
    }
  }

  /** {@code job.done}: a job began or ended; {@code cause} is a short class of failure. */
  record JobDone(
      String process, String jobName, Status status, String cause, Double durationSeconds)
      implements WorkEvent {
    static JobDone read(Fields f) {
      return new JobDone(
          f.need("process").text(),
          f.need("job_name").text(),
          f.need("status").oneOf(Status.class),
          f.maybe("cause").text(),
          f.maybe("duration_seconds").real(0, Limits.MONTH_SECONDS));
    }

    @Override
    public EventType type() {
      return EventType.JOB_DONE;
    }
  }
}
