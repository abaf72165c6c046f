package io.busyhour.event;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.WorkEvent.Status;
import io.busyhour.event.field.Fields;
import java.math.BigDecimal;

/**
 * What a line of a log says that was measured where it was written: sums, not single happenings.
 * Only doors make these; nobody can send them.
 */
public sealed interface LineEvent extends Event {

  /** More of anything than a line can speak of: a thousand terabytes. */
  long MOST = 1_000_000_000_000_000L;

  /**
   * Whose something was; null where unknown.
   *
   * @param campaignType in lower case
   */
  record Origin(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    /** Nobody knows. */
    public static final Origin UNKNOWN = new Origin(null, null, null, null, null);

    static Origin read(Fields f) {
      return new Origin(
          f.maybe("account").text(),
          f.maybe("campaign").text(),
          f.maybe("campaign_type").text(),
          f.maybe("caller_session_type").text(),
          f.maybe("caller_phone_type").text());
    }
  }

  /** {@code line.counted}: something happened so often. */
  record Counted(String metric, BigDecimal amount, Origin origin) implements LineEvent {
    static Counted read(Fields f) {
      return new Counted(f.need("metric").text(), readAmount(f), Origin.read(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_COUNTED;
    }
  }

  /** {@code line.sampled}: something had this value then. */
  record Sampled(String metric, Double value, Origin origin) implements LineEvent {
    static Sampled read(Fields f) {
      return new Sampled(f.need("metric").text(), f.need("value").real(0, MOST), Origin.read(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_SAMPLED;
    }
  }

  /** {@code line.measured}: something took so long. */
  record Measured(String metric, Double seconds, Origin origin) implements LineEvent {
    static Measured read(Fields f) {
      return new Measured(f.need("metric").text(), readSeconds(f), Origin.read(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_MEASURED;
    }
  }

  /** What a dialer counts of its requests and responses. */
  enum Tally {
    /** Requests made. */
    REQUESTS,
    /** Requests answered with any result but error. */
    REQUESTS_COMPLETED,
    /** Other requests. */
    REQUESTS_ERROR,
    /** Responses served. */
    RESPONSES_COMPLETED,
    /** Responses that are errors. */
    RESPONSES_ERROR
  }

  /** {@code line.dialer_counted}: so many requests or responses. */
  record DialerCounted(Tally tally, BigDecimal amount, Origin origin) implements LineEvent {
    static DialerCounted read(Fields f) {
      return new DialerCounted(f.need("tally").oneOf(Tally.class), readAmount(f), Origin.read(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_DIALER_COUNTED;
    }
  }

  /** {@code line.dialer_timed}: how long a request took to come to a result. */
  record DialerTimed(Leg leg, Result result, Double seconds, Origin origin) implements LineEvent {
    static DialerTimed read(Fields f) {
      return new DialerTimed(
          f.need("leg").oneOf(Leg.class),
          f.need("result").oneOf(Result.class),
          readSeconds(f),
          Origin.read(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_DIALER_TIMED;
    }
  }

  /** {@code line.sessions_sampled}: so many caller sessions were in a state. */
  record SessionsSampled(State state, Double sessions, Origin origin) implements LineEvent {
    static SessionsSampled read(Fields f) {
      return new SessionsSampled(
          f.need("state").oneOf(State.class), f.need("sessions").real(0, MOST), Origin.read(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_SESSIONS_SAMPLED;
    }
  }

  /** What is counted of an autoscaler. */
  enum Scaling {
    /** How often it looked. */
    TOTAL,
    /** How often it failed. */
    ERROR,
    /** How often it added a process. */
    UP,
    /** How often it removed one. */
    DOWN
  }

  /** {@code line.autoscale_counted}: how often an autoscaler did something. */
  record AutoscaleCounted(String process, Scaling what, BigDecimal amount) implements LineEvent {
    static AutoscaleCounted read(Fields f) {
      return new AutoscaleCounted(
          f.need("process").text(), f.need("what").oneOf(Scaling.class), readAmount(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_AUTOSCALE_COUNTED;
    }
  }

  /**
   * {@code line.jobs_counted}: so many jobs; those of which it is not said how far they came have
   * no status, and the jobs of a whole process have no name.
   */
  record JobsCounted(String process, String jobName, Status status, String cause, BigDecimal amount)
      implements LineEvent {
    static JobsCounted read(Fields f) {
      return new JobsCounted(
          f.need("process").text(),
          f.maybe("job_name").text(),
          f.maybe("status").oneOf(Status.class),
          f.maybe("cause").text(),
          readAmount(f));
    }

    @Override
    public EventType type() {
      return EventType.LINE_JOBS_COUNTED;
    }
  }

  private static BigDecimal readAmount(Fields f) {
    return f.need("amount").decimal(0, MOST);
  }

  private static Double readSeconds(Fields f) {
    return f.need("seconds").real(0, Limits.MONTH_SECONDS);
  }
}
