package io.busyhour.cli.simulate.incident;

import io.busyhour.cli.simulate.traffic.Trunk;
import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.WorkEvent.JobDone;
import io.busyhour.event.WorkEvent.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong for a while, each so that one alert is to notice it. */
public enum Incident {
  /** A carrier takes no calls any more. */
  TRUNK_OUTAGE("the carrier of trunk cloud-1 refuses every call with 503"),

  /** Callers hear nothing for many seconds. */
  SLOW_PDD("on trunk dallas-1 it rings after six times as long as usual"),

  /** Somebody has an account's password. */
  SPEND_FRAUD("account acme calls premium numbers abroad, one after the other"),

  /** A mobile carrier takes messages for spam. */
  CARRIER_FILTERING("carrier elmcell filters four messages in five"),

  /** Nobody takes webhooks. */
  PARTNER_DOWN("the endpoint of partner acme-crm does not answer"),

  /** Nobody delivers webhooks. */
  DEAD_WORKER("the webhook workers are dead"),

  /** A source tells nothing, and everything looks calm. */
  SILENT_PROVIDER("the messages' provider tells nothing"),

  /** Jobs cannot keep what they did. */
  REDIS_FAILURE("every job fails because of redis"),

  /** People are paid to wait. */
  CALLERS_ON_HOLD("the dialers' callers stay on hold");

  private final String description;

  Incident(String description) {
    this.description = description;
  }

  /** The one that people call by this word. */
  public static Optional<Incident> named(String word) {
    return Arrays.stream(values()).filter(incident -> incident.word().equals(word)).findAny();
  }

  /** What people call it, such as {@code trunk-outage}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What goes wrong, in a few words. */
  public String description() {
    return description;
  }

  Effect effect() {
    return switch (this) {
      case TRUNK_OUTAGE -> new ChangedTrunk("cloud-1", Trunk::refusing);
      case SLOW_PDD -> new ChangedTrunk("dallas-1", trunk -> trunk.slower(6));
      case SPEND_FRAUD -> new PremiumCalls();
      case CARRIER_FILTERING -> new Filtering("elmcell");
      case PARTNER_DOWN -> new PartnerDown("acme-crm");
      case DEAD_WORKER -> new DeadWorkers();
      case SILENT_PROVIDER -> new Events<>(MessageEvent.class, said -> null);
      case REDIS_FAILURE -> new Events<>(JobDone.class, Incident::failedByRedis);
      case CALLERS_ON_HOLD -> new Events<>(SessionChanged.class, Incident::held);
    };
  }

  private static JobDone failedByRedis(JobDone job) {
    return job.status() != Status.COMPLETED
        ? job
        : new JobDone(
            job.process(), job.jobName(), Status.ERROR, "redis_error", job.durationSeconds());
  }

  private static SessionChanged held(SessionChanged session) {
    return session.state() == State.ENDED
        ? session
        : new SessionChanged(
            session.callerSessionId(),
            State.HOLD,
            session.account(),
            session.campaign(),
            session.campaignType());
  }
}
