package io.busyhour.projection.calls.dialer;

import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Stamps;
import io.busyhour.projection.change.SessionChange.Labels;
import io.busyhour.projection.change.SessionChange.Session;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Locale;

/** The row of one caller session: of each fact, what was said last by event time. */
@Entity(name = "CallerSession")
@Table(name = "caller_sessions")
class SessionRow {
  @Id
  @Column(name = "caller_session_id")
  String callerSessionId;

  String stamps;

  @Enumerated(EnumType.STRING)
  State state;

  @Column(name = "state_at")
  Long stateAt;

  String account;
  String campaign;

  @Column(name = "campaign_type")
  String campaignType;

  @Column(name = "first_received_at")
  Long firstReceivedAt;

  @Column(name = "last_received_at")
  Long lastReceivedAt;

  // When it is looked at again whether anything was heard of it; null once nothing was for too
  // long, and the session counts no more.
  @Column(name = "settle_due")
  Long due;

  /** For the persistence provider. */
  protected SessionRow() {}

  SessionRow(String callerSessionId) {
    this.callerSessionId = callerSessionId;
  }

  /** Merges one event in; times are in microseconds. */
  void merge(SessionChanged said, long at, long receivedAt) {
    // Of states at the same time the last of the enum stands: who has ended is gone.
    if (state == null || at > stateAt || (at == stateAt && said.state().compareTo(state) > 0)) {
      state = said.state();
      stateAt = at;
    }
    String type = said.campaignType();
    String lower = type == null ? null : type.toLowerCase(Locale.ROOT);
    Stamps merging = Stamps.parse(stamps);
    account = merging.merge(Fact.SESSION_ACCOUNT, account, said.account(), at);
    campaign = merging.merge(Fact.SESSION_CAMPAIGN, campaign, said.campaign(), at);
    campaignType = merging.merge(Fact.SESSION_CAMPAIGN_TYPE, campaignType, lower, at);
    stamps = merging.toString();
    firstReceivedAt = firstReceivedAt == null ? Long.valueOf(receivedAt) : firstReceivedAt;
    lastReceivedAt = receivedAt;
  }

  /** Has it looked at again at a receipt time; null for never. */
  void due(Long micros) {
    due = micros;
  }

  /** The session as it counts, or null if it does not. */
  Session toRecord() {
    return due == null
        ? null
        : new Session(callerSessionId, state, new Labels(account, campaign, campaignType));
  }
}
