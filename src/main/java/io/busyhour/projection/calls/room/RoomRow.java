package io.busyhour.projection.calls.room;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.RoomEvent;
import io.busyhour.event.RoomEvent.Joined;
import io.busyhour.projection.calls.call.Supposed;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Stamps;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.TreeMap;

/** The row of one room; events are merged in so that the order of arrival does not matter. */
@Entity(name = "Room")
@Table(name = "rooms")
class RoomRow {
  @Id
  @Column(name = "room_id")
  String roomId;

  @Column(name = "room_name")
  String roomName;

  String source;
  String stamps;
  String provider;

  @Column(name = "user_id")
  String userId;

  @Column(name = "campaign_id")
  String campaignId;

  @Column(name = "first_event_at")
  long firstEventAt;

  @Column(name = "first_received_at")
  Long firstReceivedAt;

  @Column(name = "finished_at")
  Long finishedAt;

  boolean recorded;

  // Sticky: the room is no call itself, even if the calls in it are forgotten among many others.
  @Column(name = "has_calls")
  boolean hasCalls;

  String members;

  @Column(name = "settle_due")
  Long due;

  /** For the persistence provider. */
  protected RoomRow() {}

  RoomRow(String roomId, String source, long at, long receivedAt) {
    this.roomId = roomId;
    this.source = source;
    this.firstEventAt = at;
    this.firstReceivedAt = receivedAt;
    this.members = Roster.EMPTY.text();
  }

  /** Merges one event in; times are in microseconds. */
  void merge(RoomEvent event, String heardFrom, long at) {
    source = heardFrom.compareTo(source) < 0 ? heardFrom : source;
    firstEventAt = Math.min(firstEventAt, at);
    switch (event) {
      case Joined joined -> {
        describe(joined, at);
        meet(Member.thatJoined(joined, at));
      }
      case RoomEvent.Published said -> meet(Member.thatIsHeard(said.participantId(), at));
      case RoomEvent.Left said -> meet(Member.thatLeft(said.participantId(), at));
      case RoomEvent.CallLeft said -> meet(Member.thatLeft(said.participantId(), at));
      case RoomEvent.Finished ignored -> finishedAt = Micros.earlier(finishedAt, at);
      case RoomEvent.Recorded ignored -> recorded = true;
    }
  }

  /** The call that somebody was when joining; null if that is not known, or if it was none. */
  String callOf(String participantId) {
    return roster().callOf(participantId);
  }

  /** Somebody is a call, though nobody heard of the joining. */
  void recognize(String participantId, String callId) {
    meet(Member.thatIs(participantId, callId));
  }

  private void meet(Member said) {
    members = roster().with(said).text();
    hasCalls |= said.isCall();
  }

  private void describe(Joined said, long at) {
    Stamps merging = Stamps.parse(stamps);
    provider = merging.merge(Fact.PROVIDER, provider, said.provider(), at);
    userId = merging.merge(Fact.USER, userId, said.userId(), at);
    campaignId = merging.merge(Fact.CAMPAIGN, campaignId, said.campaignId(), at);
    stamps = merging.toString();
    String name = said.roomName();
    roomName = roomName == null || (name != null && name.compareTo(roomName) < 0) ? name : roomName;
  }

  void record() {
    recorded = true;
  }

  private Roster roster() {
    return Roster.parse(members);
  }

  /** What follows for each of the calls in the room. */
  Map<String, Supposed> supposed() {
    Roster roster = roster();
    Map<String, Supposed> all = new TreeMap<>();
    for (String call : roster.calls()) {
      Long answered = roster.answeredAt(call);
      all.put(call, new Supposed(answered, roster.releasedAt(call, finishedAt), recorded));
    }
    return all;
  }

  /**
   * Has the room wait until it can be told whether it was a call itself.
   *
   * @param settle how long after the room's end more may be heard of it
   * @param deserted how long it may be empty without having ended
   */
  void await(long receivedAt, long settle, long deserted) {
    Roster roster = roster();
    if (hasCalls || !roster.hasUsers()) {
      due = null;
    } else if (finishedAt != null) {
      due = receivedAt + settle;
    } else {
      due = roster.talk(null) == null ? null : Long.valueOf(receivedAt + deserted);
    }
  }

  /** The call that the room turned out to be; it waits no more. */
  Roster.Talk settled() {
    due = null;
    return roster().talk(finishedAt);
  }

  Beginning beginning() {
    return new Beginning(
        null, userId, campaignId, null, provider, null, null, null, null, null, null, null);
  }

  boolean isRecorded() {
    return recorded;
  }
}
