package io.busyhour.projection.calls.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.RoomEvent.Joined;
import io.busyhour.event.RoomEvent.Kind;
import io.busyhour.projection.calls.facts.Micros;

/**
 * One stay of somebody in a room; what is not known yet is null. Times are in microseconds.
 *
 * @param call the call that it is
 * @param way which way that call goes
 * @param heard since when others can hear it
 * @param speaks whether others can hear it, where it is not known since when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Member(
    String id,
    Kind kind,
    String call,
    Direction way,
    Long joined,
    Long heard,
    Long left,
    boolean speaks) {

  static Member thatJoined(Joined said, long at) {
    boolean speaks = Boolean.TRUE.equals(said.speaks());
    return new Member(
        said.participantId(), said.kind(), said.callId(), said.direction(), at, null, null, speaks);
  }

  static Member thatIsHeard(String id, long at) {
    return new Member(id, null, null, null, null, at, null, false);
  }

  static Member thatIs(String id, String call) {
    return new Member(id, Kind.CALL, call, null, null, null, null, false);
  }

  static Member thatLeft(String id, long at) {
    return new Member(id, null, null, null, null, null, at, false);
  }

  /** Both together, in whichever order they came. */
  Member and(Member other) {
    return new Member(
        id,
        first(kind, other.kind),
        first(call, other.call),
        first(way, other.way),
        earlier(joined, other.joined),
        earlier(heard, other.heard),
        other.left == null ? left : Micros.later(left, other.left),
        speaks || other.speaks);
  }

  private static <T extends Comparable<? super T>> T first(T one, T other) {
    return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
  }

  private static Long earlier(Long one, Long other) {
    return other == null ? one : Micros.earlier(one, other);
  }

  @JsonIgnore
  boolean isCall() {
    return kind == Kind.CALL;
  }

  @JsonIgnore
  boolean isUser() {
    return kind == Kind.USER;
  }

  /** Whether it can talk with somebody: what records or plays cannot. */
  @JsonIgnore
  boolean isParty() {
    return kind != null && kind != Kind.MACHINE;
  }

  /** Since when a call that waits in the room has somebody to talk to: calls always talk. */
  Long audibleSince() {
    return heard != null && !isCall() ? heard : isCall() || speaks ? joined : null;
  }

  /** When this one and another are there together for the first time; null if they never are. */
  Long meets(Member other, Long since) {
    if (joined == null || since == null) {
      return null;
    }
    long both = Math.max(joined, since);
    return isThere(both) && other.isThere(both) ? both : null;
  }

  private boolean isThere(long at) {
    return left == null || at < left;
  }
}
