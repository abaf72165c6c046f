package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows for calls from who else was in their room, and rooms that are calls. */
class RoomTest {
  private final Stage stage = new Stage();
  private int number;

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence told(String type, int second, String... more) {
    Map<String, Object> data = new HashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      data.put(more[i], more[i].equals("was_taken") ? true : more[i + 1]);
    }
    return said(type, NOON.plusSeconds(second), data);
  }

  private static Occurrence joins(String who, String kind, int second, String... more) {
    List<String> all =
        new ArrayList<>(List.of("room_id", "room", "participant_id", who, "kind", kind));
    Collections.addAll(all, "room_name", "lobby", "provider", "livekit");
    Collections.addAll(all, more);
    return told("room.joined", second, all.toArray(String[]::new));
  }

  private static Occurrence of(String type, String who, int second) {
    return told(type, second, "room_id", "room", "participant_id", who);
  }

  private static Occurrence finished(int second) {
    return told("room.finished", second, "room_id", "room");
  }

  private Delivery delivery(Occurrence... occurrences) {
    EventKey key = new EventKey("livekit", "EV_" + ++number);
    return new Delivery(key, List.of(occurrences), false);
  }

  private Delivery callJoins(String who, String call, String direction, int second) {
    return delivery(
        told("call.initiated", second, "call_id", call, "direction", direction),
        joins(who, "call", second, "call_id", call, "direction", direction));
  }

  private Delivery callLeaves(String who, String call, String direction, int since, int second) {
    return delivery(
        told("call.initiated", since, "call_id", call, "direction", direction),
        told("call.released", second, "call_id", call, "hangup_source", "caller"),
        joins(who, "call", since, "call_id", call, "direction", direction),
        of("room.left", who, second));
  }

  /** Some seconds of silence in the middle of a call that comes in. */
  private Delivery connectionLost(String who, String call, int second) {
    return delivery(
        joins(who, "call", second - 5, "call_id", call, "direction", "inbound"),
        of("room.left", who, second));
  }

  private Delivery joining(String who, String kind, int second) {
    return delivery(joins(who, kind, second));
  }

  private Delivery leaving(String who, String kind, int since, int second) {
    return delivery(joins(who, kind, since), of("room.left", who, second));
  }

  private void receive(Delivery... deliveries) {
    List.of(deliveries).forEach(stage.journal::receive);
  }

  private CallRecord row(String call) {
    return stage.book.call(call).orElseThrow();
  }

  @Test
  void call_thatCameIn_isTakenWhenAnAgentIsHeard() {
    receive(
        callJoins("p", "a", "inbound", 0),
        joining("g", "agent", 1),
        delivery(of("room.published", "g", 3)));
    stage.catchUp();
    assertThat(row("a").times().answered()).isEqualTo(NOON.plusSeconds(3));
    receive(callLeaves("p", "a", "inbound", 0, 63), delivery(finished(85)));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row("a").end().hangupSource()).isEqualTo("caller");
    assertThat(row("a").talkSeconds()).isEqualTo(60);
    assertThat(stage.scrape())
        .contains("voice_calls_total 1.0")
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0");
  }

  @Test
  void call_thatItsSwitchTellsOfToo_hasTheSameTalkTimeInAnyOrder() {
    List<Delivery> told =
        List.of(
            callJoins("p", "a", "inbound", 0),
            joining("g", "agent", 1),
            delivery(of("room.published", "g", 5)),
            delivery(told("call.ended", 63, "call_id", "a", "outcome", "completed")),
            delivery(told("call.taken", 3, "call_id", "a")));
    for (int first = 0; first < told.size(); first++) {
      List<Delivery> some = new ArrayList<>(told);
      Collections.rotate(some, first);
      try (Stage fresh = new Stage()) {
        some.forEach(fresh.journal::receive);
        fresh.settle();
        assertThat(fresh.book.call("a").orElseThrow().talkSeconds()).isEqualTo(60);
        assertThat(fresh.scrape()).contains("busyhour_corrections_total{what=\"duration\"} 0.0");
      }
    }
  }

  @Test
  void call_thatWasGivenUpBeforeAnybodyWasHeard_isCanceled() {
    receive(
        callJoins("p", "a", "inbound", 0),
        callLeaves("p", "a", "inbound", 0, 9),
        joining("g", "agent", 10),
        delivery(of("room.published", "g", 11)),
        delivery(finished(40)));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.CANCELED);
    assertThat(row("a").isAnswered()).isFalse();
  }

  @Test
  void call_thatWasMade_isNotTakenBecauseAnAgentWaitsForIt() {
    receive(
        joining("g", "agent", 0),
        delivery(of("room.published", "g", 1)),
        callJoins("p", "a", "outbound", 2),
        callLeaves("p", "a", "outbound", 2, 30));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.CANCELED);
  }

  @Test
  void call_thatWasSeenToBeUpAtItsEnd_isCompletedAfterUnknownTalk() {
    receive(
        callJoins("p", "a", "outbound", 2),
        delivery(told("call.released", 30, "call_id", "a", "was_taken", "true")));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row("a").talkSeconds()).isNull();
  }

  @Test
  void room_finished_letsGoOfCallsWhoseEndWasMissed() {
    receive(
        delivery(finished(85)),
        joining("g", "agent", 1),
        delivery(of("room.published", "g", 3)),
        callJoins("p", "a", "inbound", 0),
        callJoins("q", "b", "inbound", 1));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row("a").times().ended()).isEqualTo(NOON.plusSeconds(85));
    assertThat(row("b").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(stage.scrape()).contains("voice_calls_active 0.0");
  }

  @Test
  void call_thatComesBackAfterItsConnectionWasLost_goesOn() {
    receive(
        callJoins("p", "a", "inbound", 0),
        joining("g", "agent", 1),
        delivery(of("room.published", "g", 3)),
        connectionLost("p", "a", 20));
    stage.catchUp();
    assertThat(row("a").isOpen()).isTrue();
    receive(callJoins("p2", "a", "inbound", 22));
    stage.settle();
    assertThat(row("a").isOpen()).isTrue();
    receive(callLeaves("p2", "a", "inbound", 22, 63));
    stage.settle();
    assertThat(row("a").talkSeconds()).isEqualTo(60);
  }

  @Test
  void call_thatDoesNotComeBack_endedWhereItWasLost() {
    receive(
        callJoins("p", "a", "inbound", 0),
        joining("g", "agent", 1),
        delivery(of("room.published", "g", 3)),
        connectionLost("p", "a", 20));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row("a").talkSeconds()).isEqualTo(17);
  }

  @Test
  void realEnd_isNotReplacedByTheRooms() {
    receive(
        callJoins("p", "a", "inbound", 0),
        delivery(told("call.ended", 50, "call_id", "a", "outcome", "failed")),
        delivery(finished(20)));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row("a").times().ended()).isEqualTo(NOON.plusSeconds(50));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recording_ofARoom_isOfTheCallsInIt(boolean before) {
    Delivery recorded =
        delivery(told("room.recorded", 90, "room_id", "room", "recording_id", "EG_1"));
    if (before) {
      receive(recorded);
    }
    receive(callJoins("p", "a", "inbound", 0));
    if (!before) {
      receive(recorded);
    }
    stage.settle();
    assertThat(row("a").end().hasAudio()).isTrue();
    assertThat(row("a").isOpen()).isTrue();
  }

  @Test
  void recording_ofANameOnly_isOfTheLastRoomThatHadIt() {
    receive(
        delivery(told("room.recorded", 90, "room_name", "lobby", "recording_id", "EG_1")),
        callJoins("p", "a", "inbound", 0),
        delivery(
            told("call.initiated", -300, "call_id", "b"),
            told(
                "room.joined",
                -300,
                "room_id",
                "earlier",
                "room_name",
                "lobby",
                "participant_id",
                "q",
                "kind",
                "call",
                "call_id",
                "b")));
    stage.catchUp();
    stage.restart();
    stage.settle();
    assertThat(row("a").end().hasAudio()).isTrue();
    assertThat(row("b").end().hasAudio()).isNull();
  }

  @Test
  void room_withoutCalls_isACallOfItsUsers() {
    receive(
        joining("u", "user", 0),
        joining("g", "agent", 2),
        delivery(told("room.recorded", 60, "room_id", "room", "recording_id", "EG_1")),
        joining("v", "user", 30),
        leaving("u", "user", 0, 40),
        leaving("v", "user", 30, 62),
        leaving("g", "agent", 2, 64));
    stage.settle();
    assertThat(stage.book.call("room")).isEmpty();
    receive(delivery(finished(85)));
    stage.settle();
    CallRecord call = row("room");
    assertThat(call.end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(call.startedAt()).isEqualTo(NOON);
    assertThat(call.talkSeconds()).isEqualTo(60);
    assertThat(call.end().hasAudio()).isTrue();
    assertThat(call.beginning().provider()).isEqualTo("livekit");
    assertThat(stage.scrape())
        .contains("voice_calls_total 1.0")
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0");
  }

  @Test
  void room_ofOneUserAlone_isACanceledCall() {
    receive(joining("u", "user", 0), joining("e", "machine", 1), delivery(finished(20)));
    stage.settle();
    assertThat(row("room").end().outcome()).isEqualTo(Outcome.CANCELED);
    assertThat(row("room").times().ended()).isEqualTo(NOON.plusSeconds(20));
  }

  @Test
  void room_whoseEndIsNeverHeardOf_endedWithItsUsers() {
    receive(joining("g", "agent", 0), joining("u", "user", 2), leaving("u", "user", 2, 62));
    stage.pass(Duration.ofMinutes(9));
    assertThat(stage.book.call("room")).isEmpty();
    stage.restart();
    stage.pass(Duration.ofMinutes(2));
    assertThat(row("room").talkSeconds()).isEqualTo(60);
  }

  @Test
  void room_ofNobody_isNoCall() {
    receive(delivery(finished(20)), joining("g", "agent", 2), joining("e", "machine", 1));
    stage.settle();
    assertThat(stage.book.call("room")).isEmpty();
    assertThat(stage.scrape()).contains("voice_calls_total 0.0");
  }

  @Test
  void room_inWhichACallWas_isNoneItself() {
    receive(
        joining("u", "user", 0),
        delivery(finished(85)),
        callJoins("p", "a", "outbound", 3),
        leaving("u", "user", 0, 70));
    stage.settle();
    assertThat(stage.book.call("room")).isEmpty();
    assertThat(row("a").isOpen()).isFalse();
  }

  @Test
  void room_ofMoreThanCanBeRemembered_stillKnowsWhoIsThere() {
    receive(callJoins("p", "a", "inbound", 0));
    for (int i = 1; i <= 100; i++) {
      receive(leaving("u" + i, "user", i, i + 1));
    }
    receive(delivery(finished(300)));
    stage.settle();
    assertThat(row("a").times().ended()).isEqualTo(NOON.plusSeconds(300));
    assertThat(stage.book.call("room")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"join first", "end first", "join lost"})
  void call_whoseIdAtItsEndIsAnother_isTheOneThatJoined(String order) {
    Delivery join = callJoins("p", "SCL_1", "outbound", 0);
    Delivery end =
        delivery(
            joins("p", "call", 0, "direction", "outbound"),
            told(
                "room.call_left",
                60,
                "room_id",
                "room",
                "participant_id",
                "p",
                "call_id",
                "CA1",
                "account",
                "AC1",
                "direction",
                "outbound",
                "was_taken",
                "true"));
    if (order.equals("join first")) {
      receive(join, end);
    } else {
      receive(end);
      stage.catchUp();
      stage.restart();
      if (order.equals("end first")) {
        receive(join);
      }
    }
    stage.settle();
    stage.settle();
    boolean lost = order.equals("join lost");
    CallRecord call = row(lost ? "CA1" : "SCL_1");
    assertThat(call.end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(call.beginning().account()).isEqualTo("AC1");
    assertThat(call.beginning().direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(stage.book.call(lost ? "SCL_1" : "CA1")).isEmpty();
    assertThat(stage.scrape()).contains("voice_calls_total 1.0");
  }

  private List<Delivery> busyRooms() {
    List<Delivery> all = new ArrayList<>();
    all.add(callJoins("p", "a", "inbound", 0));
    all.add(joining("g", "agent", 1));
    all.add(delivery(of("room.published", "g", 3)));
    all.add(connectionLost("p", "a", 20));
    all.add(callJoins("p2", "a", "inbound", 22));
    all.add(callJoins("q", "b", "inbound", 30));
    all.add(callJoins("s", "SCL_1", "outbound", 31));
    all.add(
        delivery(
            joins("s", "call", 31, "direction", "outbound"),
            told(
                "room.call_left",
                50,
                "room_id",
                "room",
                "participant_id",
                "s",
                "call_id",
                "CA1",
                "outcome",
                "busy")));
    all.add(callLeaves("p2", "a", "inbound", 22, 63));
    all.add(leaving("g", "agent", 1, 64));
    all.add(delivery(told("room.recorded", 70, "room_name", "lobby", "recording_id", "EG_1")));
    all.add(delivery(finished(85)));
    all.add(elsewhere(told("room.joined", 0, web("u", "user"))));
    all.add(elsewhere(told("room.joined", 2, web("h", "agent"))));
    all.add(elsewhere(told("room.joined", 0, web("u", "user")), left("u", 62)));
    all.add(elsewhere(told("room.finished", 80, "room_id", "web")));
    return all;
  }

  private Delivery elsewhere(Occurrence... occurrences) {
    return delivery(occurrences);
  }

  private static String[] web(String who, String kind) {
    return new String[] {
      "room_id", "web", "participant_id", who, "kind", kind, "campaign_id", "c-" + who
    };
  }

  private static Occurrence left(String who, int second) {
    return told("room.left", second, "room_id", "web", "participant_id", who);
  }

  @Test
  void webhooks_inAnyOrderWithRepeatsAndRestarts_giveTheSame() {
    List<Delivery> all = busyRooms();
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      List<Delivery> some = new ArrayList<>(all);
      // The first round loses nothing.
      int most = round == 0 ? 0 : random.nextInt(4);
      for (int i = 0; i < most; i++) {
        some.remove(random.nextInt(some.size()));
      }
      Map<String, Object> expected = outcome(some, false);
      for (int again = 0; again < 3; again++) {
        List<Delivery> other = new ArrayList<>(some);
        some.stream().filter(each -> random.nextInt(3) == 0).forEach(other::add);
        Collections.shuffle(other, random);
        assertThat(outcome(other, again == 2)).as("%s", other).isEqualTo(expected);
      }
    }
  }

  private static Map<String, Object> outcome(List<Delivery> deliveries, boolean restart) {
    try (Stage fresh = new Stage()) {
      for (int i = 0; i < deliveries.size(); i++) {
        fresh.journal.receive(deliveries.get(i));
        if (restart && i == deliveries.size() / 2) {
          fresh.catchUp();
          fresh.restart();
        }
      }
      fresh.settle();
      fresh.settle();
      Map<String, Object> seen = new TreeMap<>();
      for (String call : List.of("a", "b", "SCL_1", "CA1", "web", "room")) {
        fresh.book.call(call).ifPresent(record -> seen.put(call, record));
      }
      fresh
          .scrape()
          .lines()
          .filter(line -> line.matches("(voice|warp|campaign)_.*"))
          .forEach(line -> seen.put(line, ""));
      return seen;
    }
  }
}
