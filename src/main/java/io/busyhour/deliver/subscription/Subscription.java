package io.busyhour.deliver.subscription;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * What a partner wants to hear of, and where.
 *
 * @param id {@code sub_} and 26 letters and digits
 * @param partnerId whose it is; a label of the metrics
 * @param url where to, http or https
 * @param numbersShown whether phone numbers are sent whole
 * @param perSecond how many attempts there may be in a second; 0 for no limit
 * @param secrets that requests are signed with, the newest first
 * @param since the last journal entry when it was made: what is later is for it
 */
public record Subscription(
    String id,
    String partnerId,
    URI url,
    Filter filter,
    boolean numbersShown,
    int perSecond,
    List<Secret> secrets,
    State state,
    Instant createdAt,
    long since) {

  /** Whether it is delivered to. */
  public enum State {
    /** It is. */
    ACTIVE,
    /** Its deliveries wait until it goes on. */
    PAUSED,
    /** The endpoint said that it is gone (410): nothing is queued for it any more. */
    ENDED
  }

  /** Keeps the list from changing. */
  public Subscription {
    secrets = List.copyOf(secrets);
  }

  /** Whether events are queued for it. */
  public boolean takesEvents() {
    return state != State.ENDED;
  }

  /** The same in another state. */
  public Subscription in(State other) {
    return new Subscription(
        id, partnerId, url, filter, numbersShown, perSecond, secrets, other, createdAt, since);
  }

  /** The same, signed with others. */
  Subscription signedWith(List<Secret> others) {
    return new Subscription(
        id, partnerId, url, filter, numbersShown, perSecond, others, state, createdAt, since);
  }

  /** Names no secret: it may end in a log. */
  @Override
  public String toString() {
    return "subscription " + id + " of " + partnerId;
  }
}
