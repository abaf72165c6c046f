package io.busyhour.projection.change;

import io.busyhour.event.DialerEvent.State;

/**
 * What one event, or a long silence, did to a caller session.
 *
 * @param before the session as it was, or null if nothing was known of it
 * @param after the session as it is, or null if nothing was heard of it for too long
 */
public record SessionChange(Session before, Session after) implements Change {

  /**
   * The latest that is known of a session.
   *
   * @param callerSessionId identifies it
   * @param state what it is doing
   * @param labels whose it is
   */
  public record Session(String callerSessionId, State state, Labels labels) {}

  /**
   * Whose session it is; null where unknown.
   *
   * @param campaignType in lower case
   */
  public record Labels(String account, String campaign, String campaignType) {}
}
