package io.busyhour.projection.calls.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.projection.calls.facts.Micros;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everybody who was in a room, by id. Of more than can be kept, those are forgotten that left
 * longest ago.
 */
record Roster(List<Member> members) {
  static final Roster EMPTY = new Roster(List.of());

  // Written, these fit into their column whatever their ids are.
  private static final int MOST = 40;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Comparator<Member> FORGOTTEN_FIRST =
      Comparator.comparing(Member::left, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Member::joined, Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(Member::id);

  /**
   * The room as a call between those who were in it, in microseconds.
   *
   * @param answeredAt when there were two for the first time, or null
   */
  record Talk(long startedAt, Long answeredAt, long endedAt) {}

  static Roster parse(String text) {
    try {
      return new Roster(List.of(JSON.readValue(text, Member[].class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the members of a room cannot be read", e);
    }
  }

  String text() {
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the members of a room cannot be written", e);
    }
  }

  /** With what is said of somebody, who may be new. */
  Roster with(Member said) {
    List<Member> more = new ArrayList<>();
    Member merged = said;
    for (Member member : members) {
      if (member.id().equals(said.id())) {
        merged = member.and(said);
      } else {
        more.add(member);
      }
    }
    more.add(merged);
    if (more.size() > MOST) {
      more.remove(more.stream().min(FORGOTTEN_FIRST).orElseThrow());
    }
    more.sort(Comparator.comparing(Member::id));
    return new Roster(List.copyOf(more));
  }

  Set<String> calls() {
    Set<String> calls = new TreeSet<>();
    members.stream().map(Member::call).filter(Objects::nonNull).forEach(calls::add);
    return calls;
  }

  String callOf(String id) {
    return members.stream()
        .filter(member -> member.id().equals(id))
        .findFirst()
        .map(Member::call)
        .orElse(null);
  }

  boolean hasUsers() {
    return members.stream().anyMatch(Member::isUser);
  }

  /**
   * When an incoming call was taken: the platform takes it when there is somebody else to be heard
   * in the room, and lets it ring until then. Null for other calls: nothing in the room tells.
   */
  Long answeredAt(String call) {
    Long first = null;
    for (Member stay : stays(call)) {
      for (Member other : members) {
        boolean isOther = stay.way() == Direction.INBOUND && !call.equals(other.call());
        Long met = isOther ? stay.meets(other, other.audibleSince()) : null;
        first = met == null ? first : Micros.earlier(first, met);
      }
    }
    return first;
  }

  /** When a call was there no more; null while it is. */
  Long releasedAt(String call, Long finishedAt) {
    Long last = lastLeft(stays(call));
    return last == null ? finishedAt : last;
  }

  private List<Member> stays(String call) {
    return members.stream().filter(member -> call.equals(member.call())).toList();
  }

  /** When the last of them left; null while one is there. */
  private static Long lastLeft(List<Member> some) {
    Long last = null;
    for (Member member : some) {
      if (member.left() == null) {
        return null;
      }
      last = Micros.later(last, member.left());
    }
    return last;
  }

  /** The call that the room is if it is one between users; null while it goes on. */
  Talk talk(Long finishedAt) {
    List<Member> users = members.stream().filter(Member::isUser).toList();
    Long last = lastLeft(users);
    Long end = last == null ? finishedAt : last;
    if (end == null) {
      return null;
    }
    long start = users.stream().mapToLong(Member::joined).min().orElse(end);
    Long answered = null;
    for (Member user : users) {
      for (Member other : members) {
        boolean isOther = other.isParty() && !other.id().equals(user.id());
        Long met = isOther ? user.meets(other, other.joined()) : null;
        answered = met == null ? answered : Micros.earlier(answered, met);
      }
    }
    return new Talk(start, answered, Math.max(start, end));
  }
}
