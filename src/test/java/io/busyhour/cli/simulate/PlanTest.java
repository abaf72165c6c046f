package io.busyhour.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.AccountEvent;
import io.busyhour.event.CallEvent;
import io.busyhour.event.CampaignEvent;
import io.busyhour.event.DialerEvent;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Test
  void plan_sameSeedAndStart_sameBytes() throws Exception {
    assertThat(text(order(7, START, 40))).isEqualTo(text(order(7, START, 40)));
  }

  @Test
  void plan_otherSeed_otherIdsAndPayloads() {
    Set<String> one = keys(order(7, START, 40));
    assertThat(keys(order(8, START, 40))).isNotEmpty().doesNotContainAnyElementsOf(one);
  }

  @Test
  void plan_otherStart_otherIds() {
    Set<String> one = keys(order(7, START, 40));
    assertThat(keys(order(7, START.plusMillis(1), 40)))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(one);
  }

  @Test
  void plan_onAnyJava_isTheseBytes() throws Exception {
    // Pins what a seed gives: whoever changes the traffic changes this knowingly.
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] hash = digest.digest(text(order(1, START, 40)).getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("31055e1e2d325c71f600bc17614e241c3240aa500b6ae1b758a99c8a66bcb313");
  }

  @Test
  void plan_isInTheOrderOfDueTimesWithinItsLength() {
    Order order = order(3, START, 200);
    List<Planned> all = all(order);
    assertThat(all).isSorted();
    assertThat(all.getFirst().due()).isAfterOrEqualTo(START);
    assertThat(all.getLast().due()).isBefore(START.plus(order.length()));
  }

  @Test
  void event_asItIsSent_isRead() throws Exception {
    for (Planned planned : all(order(5, START, 200))) {
      String json = JSON.writeValueAsString(planned.cloudEvent());
      Map<String, Object> sent = JSON.readValue(json, new TypeReference<>() {});
      EventType type = EventType.named((String) sent.get("type"));
      Map<String, Object> data = JSON.convertValue(sent.get("data"), new TypeReference<>() {});
      assertThat(type.isPublic()).isTrue();
      assertThat(type.read(data)).isEqualTo(planned.occurrence().event());
      assertThat(Instant.parse((String) sent.get("time"))).isEqualTo(planned.occurrence().time());
    }
  }

  @Test
  void number_isReservedForFiction() {
    List<String> numbers = new ArrayList<>();
    for (Planned planned : all(order(5, START, 200))) {
      Map<String, ?> data = planned.occurrence().data();
      numbers.add(String.valueOf(data.get("from")));
      numbers.add(String.valueOf(data.get("to")));
    }
    numbers.removeIf("null"::equals);
    assertThat(numbers).isNotEmpty().allMatch(n -> n.matches("\\+1\\d{3}55501\\d\\d"));
  }

  @Test
  void traffic_hasDuplicatesLateAndOvertakenEvents() {
    List<Planned> all = all(order(2, START, 200));
    Set<EventKey> keys = new HashSet<>();
    long twice = all.stream().filter(planned -> !keys.add(planned.key())).count();
    long late =
        all.stream().filter(p -> p.due().isAfter(p.occurrence().time().plusSeconds(10))).count();
    long overtaken = 0;
    Instant latest = Instant.MIN;
    for (Planned planned : all) {
      Instant time = planned.occurrence().time();
      overtaken += time.isBefore(latest) ? 1 : 0;
      latest = time.isAfter(latest) ? time : latest;
    }
    assertThat(twice / (double) all.size()).isCloseTo(0.015, within(0.005));
    assertThat(late / (double) all.size()).isBetween(0.002, 0.02);
    assertThat(overtaken).isGreaterThan(all.size() / 20);
  }

  @Test
  void duplicate_isTheOriginalAgain() {
    Map<EventKey, Planned> first = new HashMap<>();
    for (Planned planned : all(order(2, START, 200))) {
      Planned original = first.putIfAbsent(planned.key(), planned);
      if (original != null) {
        assertThat(planned.cloudEvent()).isEqualTo(original.cloudEvent());
      }
    }
  }

  @Test
  void traffic_overAMinuteOfHistory_showsEveryKind() {
    Order order =
        new Order(1, START, Duration.ofSeconds(1), 25, Order.WHOLE_DAY, Duration.ofMinutes(10));
    EnumSet<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Set<Object> campaigns = new HashSet<>();
    Set<Object> trunks = new HashSet<>();
    Set<CallEvent.Direction> directions = EnumSet.noneOf(CallEvent.Direction.class);
    for (Planned planned : all(order)) {
      Event event = planned.occurrence().event();
      types.add(event.type());
      if (event instanceof CallEvent.Ended ended) {
        outcomes.add(ended.outcome());
      }
      if (event instanceof CallEvent.Initiated call) {
        campaigns.add(call.beginning().campaignId());
        trunks.add(call.beginning().trunk());
        directions.add(call.beginning().direction());
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    assertThat(types)
        .contains(
            EventType.CALL_QUALITY,
            EventType.CALL_LATENCY,
            EventType.SMS_SENT,
            EventType.SMS_STATUS,
            EventType.CAMPAIGN_UPDATED,
            EventType.CAMPAIGN_PROCESSED,
            EventType.CAMPAIGN_POLLED);
    assertThat(campaigns).hasSize(8);
    assertThat(trunks).hasSize(5);
    assertThat(directions).hasSize(2);
  }

  @Test
  void traffic_overSomeMinutes_hasEveryTypeOfEvent_andAllAreRead() {
    Order order =
        new Order(1, START, Duration.ofSeconds(1), 25, Order.WHOLE_DAY, Duration.ofMinutes(10));
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (Planned planned : all(order)) {
      Event event = planned.occurrence().event();
      assertThat(event.type().read(planned.occurrence().data())).isEqualTo(event);
      types.add(event.type());
    }
    Set<EventType> sendable = EnumSet.allOf(EventType.class);
    sendable.removeIf(type -> !type.isPublic());
    assertThat(types).isEqualTo(sendable);
  }

  @Test
  void charge_ofACall_isWhatTheCallSaysThatItCost() {
    Map<String, BigDecimal> costs = new HashMap<>();
    Map<String, AccountEvent.Rated> rated = new HashMap<>();
    for (Planned planned : all(order(3, START, 300))) {
      Event event = planned.occurrence().event();
      if (event instanceof CallEvent.Ended ended && ended.cost() != null) {
        costs.put(ended.callId(), ended.cost());
      }
      if (event instanceof AccountEvent.Rated charge && charge.callId() != null) {
        rated.put(charge.callId(), charge);
      }
    }
    rated.keySet().retainAll(costs.keySet()); // the end of some is on its way when the plan ends
    assertThat(rated).hasSizeGreaterThan(20);
    rated.forEach(
        (call, charge) -> {
          assertThat(charge.chargeCents().movePointLeft(2)).isEqualByComparingTo(costs.get(call));
          assertThat(charge.vendorCostCents()).isLessThan(charge.chargeCents());
          assertThat(charge.minutes()).isPositive();
        });
  }

  @Test
  void session_thatEnded_isNotHeardOfAgain() {
    Order order = new Order(2, START, Duration.ofMinutes(45), 60, Order.WHOLE_DAY, Duration.ZERO);
    Map<String, Instant> ended = new HashMap<>();
    Map<String, Instant> latest = new HashMap<>();
    for (Planned planned : all(order)) {
      if (planned.occurrence().event() instanceof DialerEvent.SessionChanged session) {
        Instant at = planned.occurrence().time();
        if (session.state() == DialerEvent.State.ENDED) {
          ended.put(session.callerSessionId(), at);
        } else {
          latest.merge(session.callerSessionId(), at, (a, b) -> a.isAfter(b) ? a : b);
        }
      }
    }
    assertThat(ended).hasSizeGreaterThan(40);
    ended.forEach((session, at) -> assertThat(latest.get(session)).isBefore(at));
  }

  @Test
  void platform_withLittleTraffic_tellsAQuarterAtMost() {
    Order order =
        new Order(4, START, Duration.ofMinutes(60), 1, Order.WHOLE_DAY, Duration.ofMinutes(30));
    List<Planned> all = all(order);
    long within = all.stream().filter(p -> p.due().isAfter(START.plusSeconds(1))).count();
    assertThat(within / 3600.0).isCloseTo(1, within(0.2));
    long machines = all.stream().filter(p -> p.key().source().equals("simulator/machines")).count();
    assertThat(machines).isPositive().isLessThan(all.size() / 4);
  }

  @Test
  void rate_inTheBusyHour_isWhatWasAskedFor() {
    // With half an hour of history nearly as many calls end as begin.
    Order order =
        new Order(4, START, Duration.ofMinutes(10), 40, Order.WHOLE_DAY, Duration.ofMinutes(30));
    List<Planned> all = all(order);
    long within = all.stream().filter(p -> p.due().isAfter(START.plusSeconds(1))).count();
    assertThat(within / 600.0).isCloseTo(40, within(3.0));
  }

  @Test
  void rate_atNight_isLow() {
    // A day of ten minutes: half a day after the busy hour is night.
    Order order =
        new Order(4, START, Duration.ofMinutes(10), 20, Duration.ofMinutes(10), Duration.ZERO);
    Map<Long, Integer> byMinute = new HashMap<>();
    for (Planned planned : all(order)) {
      Instant time = planned.occurrence().time();
      if (planned.occurrence().event() instanceof CallEvent.Initiated && !time.isBefore(START)) {
        byMinute.merge(Duration.between(START, time).toMinutes(), 1, Integer::sum);
      }
    }
    assertThat(byMinute.get(6L)).isLessThan(byMinute.get(0L) / 4);
  }

  @Test
  void leads_areWorkedOff() {
    List<Integer> pending = new ArrayList<>();
    for (Planned planned : all(order(1, START, 300))) {
      if (planned.occurrence().event() instanceof CampaignEvent.Updated update
          && update.campaignId().equals("reminders")) {
        pending.add(update.pendingLeads());
      }
    }
    assertThat(pending.getFirst()).isEqualTo(9_000);
    assertThat(pending.getLast()).isLessThan(9_000);
  }

  @Test
  void message_statusesFollowItsSending() {
    Map<String, Instant> sent = new HashMap<>();
    List<Planned> all = all(order(1, START, 200));
    for (Planned planned : all) {
      if (planned.occurrence().event() instanceof MessageEvent.Sent message) {
        sent.put(message.messageId(), planned.occurrence().time());
      }
    }
    assertThat(sent).isNotEmpty();
    for (Planned planned : all) {
      if (planned.occurrence().event() instanceof MessageEvent.StatusChanged change
          && sent.containsKey(change.messageId())) {
        assertThat(planned.occurrence().time()).isAfterOrEqualTo(sent.get(change.messageId()));
      }
    }
  }

  @Test
  void next_afterTheEnd_isRefused() {
    Plan plan = new Plan(Traffic.USUAL, order(1, START, 1));
    while (plan.hasNext()) {
      plan.next();
    }
    assertThat(plan.peek()).isNull();
    assertThatThrownBy(plan::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void order_withoutRate_namesTheRule() {
    assertThatThrownBy(() -> order(1, START, 0))
        .hasMessage("rate: 0.0 (expected: above 0, at most 1000000 events a second)");
  }

  private static Order order(long seed, Instant start, double rate) {
    return new Order(seed, start, Duration.ofMinutes(1), rate, Order.WHOLE_DAY, Duration.ZERO);
  }

  private static List<Planned> all(Order order) {
    List<Planned> all = new ArrayList<>();
    new Plan(Traffic.USUAL, order).forEachRemaining(all::add);
    return all;
  }

  private static String text(Order order) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Planned planned : all(order)) {
      text.append(planned.due())
          .append(' ')
          .append(JSON.writeValueAsString(planned.cloudEvent()))
          .append('\n');
    }
    assertThat(text).isNotEmpty();
    return text.toString();
  }

  private static Set<String> keys(Order order) {
    Set<String> keys = new HashSet<>();
    for (Planned planned : all(order)) {
      keys.add(planned.key().id());
      Object call = planned.occurrence().data().get("call_id");
      if (call != null) {
        keys.add(call.toString());
      }
    }
    return keys;
  }
}
