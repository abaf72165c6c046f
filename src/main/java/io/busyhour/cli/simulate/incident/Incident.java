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
  /** Every call on a trunk is refused by its carrier. */
  TRUNK_OUTAGE(
      "the carrier of trunk cloud-1 refuses every call with 503",
      new ChangedTrunk("cloud-1", Trunk::refusing)),

  /** Callers hear nothing for many seconds. */
  SLOW_PDD(
      "on trunk dallas-1 it rings after six times as long as usual",
      new ChangedTrunk("dallas-1", trunk -> trunk.slower(6))),

  /** Somebody calls premium numbers in another country on an account's bill. */
  SPEND_FRAUD("account acme calls premium numbers abroad, one after the other", new PremiumCalls()),

  /** A mobile carrier takes messages for spam. */
  CARRIER_FILTERING("carrier elmcell filters four messages in five", new Filtering("elmcell")),

  /** Nobody answers webhooks. */
  PARTNER_DOWN("the endpoint of partner acme-crm does not answer", new PartnerDown("acme-crm")),

  /** Nobody delivers webhooks. */
  DEAD_WORKER("the webhook workers are dead", new DeadWorkers()),

  /** A source that tells nothing any more. */
  SILENT_PROVIDER(
      "the messages' provider tells nothing", new Events<>(MessageEvent.class, said -> null)),

  /** Jobs cannot keep their results. */
  REDIS_FAILURE(
      "every job fails because of redis", new Events<>(JobDone.class, Incident::failedByRedis)),

  /** The dialer connects nobody with those who wait to talk. */
  CALLERS_ON_HOLD(
      "the dialers' callers stay on hold", new Events<>(SessionChanged.class, Incident::held));

  private final String description;
  private final Effect effect;

  Incident(String description, Effect effect) {
    this.description = description;
    this.effect = effect;
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
    return effect;
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
