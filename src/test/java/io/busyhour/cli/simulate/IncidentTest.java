package io.busyhour.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busyhour.cli.simulate.incident.Incident;
import io.busyhour.cli.simulate.incident.Trouble;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.CallEvent.Ended;
import io.busyhour.event.CallEvent.Initiated;
import io.busyhour.event.CallEvent.Ringing;
import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.Event;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.MessageEvent.StatusChanged;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Result;
import io.busyhour.event.WebhookEvent.Worker;
import io.busyhour.event.WorkEvent.JobDone;
import io.busyhour.event.WorkEvent.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each incident changes what it should, while it lasts, and nothing else. */
class IncidentTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant FROM = START.plusSeconds(120);
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final Instant UNTIL = FROM.plus(LENGTH);

  private static final Map<String, Occurrence> USUAL = told(Trouble.NONE);
  private static final Map<Incident, Map<String, Occurrence>> PLAYED =
      new EnumMap<>(Incident.class);

  /** What is told under one id: usually, and while something goes wrong; null for nothing. */
  private record Change(String id, Occurrence usual, Occurrence instead) {}

  @ParameterizedTest
  @EnumSource
  void incident_changesOnlyWhatTouchesItsTime(Incident incident) {
    Set<String> touched = new HashSet<>();
    USUAL.forEach(
        (id, occurrence) -> {
          if (isMeanwhile(occurrence)) {
            touched.add(story(id));
          }
        });
    assertThat(changes(incident))
        .isNotEmpty()
        // What the platform tells of lines and money follows from the calls.
        .filteredOn(change -> !story(change.id()).startsWith("beat"))
        .allSatisfy(change -> assertThat(story(change.id())).isIn(touched))
        .allSatisfy(
            change ->
                assertThat(change.usual() == null || !change.usual().time().isBefore(FROM))
                    .as("%s", change)
                    .isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void incident_sameOrder_sameEvents(Incident incident) {
    assertThat(told(Trouble.of(incident, FROM, LENGTH))).isEqualTo(played(incident));
  }

  @ParameterizedTest
  @EnumSource
  void incident_word_namesIt(Incident incident) {
    assertThat(incident.word()).matches("[a-z]+(-[a-z]+)+");
    assertThat(Incident.named(incident.word())).contains(incident);
    assertThat(Incident.named(incident.name())).isEmpty();
  }

  @Test
  void trunkOutage_callsOnTheTrunk_areRefused() {
    Map<String, Occurrence> told = played(Incident.TRUNK_OUTAGE);
    Set<String> calls = callsOf(told, "cloud-1");
    assertThat(calls).hasSizeGreaterThan(30).isEqualTo(callsOf(USUAL, "cloud-1"));
    assertThat(of(told, Ended.class).filter(ended -> calls.contains(ended.callId())))
        .hasSizeGreaterThan(30)
        .allMatch(ended -> ended.outcome() == Outcome.FAILED && ended.sipCode() == 503);
    for (String trunk : List.of("denver-1", "denver-2", "dallas-1", "miami-1")) {
      Set<String> others = callsOf(told, trunk);
      assertThat(endsOf(told, others)).isNotEmpty().isEqualTo(endsOf(USUAL, others));
    }
  }

  @Test
  void slowPdd_callsOnTheTrunk_ringLate() {
    Map<String, Occurrence> told = played(Incident.SLOW_PDD);
    assertThat(medianDelay(told, "dallas-1") / medianDelay(USUAL, "dallas-1"))
        .isCloseTo(6, within(0.1));
    assertThat(medianDelay(told, "denver-1")).isEqualTo(medianDelay(USUAL, "denver-1"));
  }

  @Test
  void spendFraud_account_isChargedForCallsAbroad() {
    List<Rated> abroad =
        of(played(Incident.SPEND_FRAUD), Rated.class)
            .filter(rated -> rated.zone() == Zone.INTL)
            .toList();
    assertThat(of(USUAL, Rated.class)).noneMatch(rated -> rated.zone() == Zone.INTL);
    assertThat(abroad).allMatch(rated -> rated.account().equals("acme"));
    BigDecimal cents =
        abroad.stream().map(Rated::chargeCents).reduce(BigDecimal.ZERO, BigDecimal::add);
    // A hundred dollars in five minutes is what an alert is told for; here it takes two.
    assertThat(cents).isGreaterThan(new BigDecimal(10_000));
    assertThat(of(played(Incident.SPEND_FRAUD), Initiated.class))
        .filteredOn(call -> call.beginning().zone() == Zone.INTL)
        .allMatch(call -> call.beginning().to().matches("\\+449098790\\d{3}"));
  }

  @Test
  void carrierFiltering_messagesOfTheCarrier_areFiltered() {
    List<Change> changes = changes(Incident.CARRIER_FILTERING);
    for (Change change : changes) {
      StatusChanged usual = (StatusChanged) change.usual().event();
      assertThat(usual.status()).isEqualTo(MessageEvent.Status.DELIVERED);
      assertThat(change.instead())
          .isEqualTo(
              Occurrence.of(
                  change.usual().time(),
                  new StatusChanged(
                      usual.messageId(), MessageEvent.Status.UNDELIVERED, "30007", "elmcell")));
    }
    long delivered =
        of(USUAL, StatusChanged.class)
            .filter(said -> said.status() == MessageEvent.Status.DELIVERED)
            .filter(said -> said.carrier().equals("elmcell"))
            .count();
    assertThat(changes.size() / (double) delivered).isCloseTo(0.8, within(0.15));
  }

  @Test
  void partnerDown_nothingIsDeliveredUntilItsEnd() {
    Map<String, Occurrence> told = played(Incident.PARTNER_DOWN);
    assertThat(of(told, Attempted.class).filter(one -> one.partnerId().equals("acme-crm")))
        .hasSizeGreaterThan(20)
        .allMatch(one -> one.result() == Result.FAILED && one.statusCode() == 0);
    Set<String> delivered = delivered(told);
    assertThat(delivered(USUAL)).isNotEmpty().allMatch(delivered::contains);
    assertThat(changes(Incident.PARTNER_DOWN))
        .extracting(Change::instead)
        .allMatch(instead -> ((Attempted) instead.event()).partnerId().equals("acme-crm"));
  }

  @Test
  void deadWorker_nobodyLivesOrDelivers_andWhatWaitedIsMadeUpFor() {
    assertThat(events(played(Incident.DEAD_WORKER)))
        .noneMatch(event -> event instanceof Worker || event instanceof Attempted);
    for (Change change : changes(Incident.DEAD_WORKER)) {
      if (change.usual().event() instanceof Attempted attempt) {
        assertThat(change.instead().event()).isEqualTo(attempt);
        assertThat(change.instead().time()).isBetween(UNTIL, UNTIL.plusSeconds(6));
      } else {
        assertThat(change.usual().event()).isInstanceOf(Worker.class);
        assertThat(change.instead()).isNull();
      }
    }
  }

  @Test
  void silentProvider_tellsNothing() {
    assertThat(events(played(Incident.SILENT_PROVIDER)))
        .noneMatch(event -> event instanceof MessageEvent);
    assertThat(changes(Incident.SILENT_PROVIDER))
        .allMatch(change -> change.usual().event() instanceof MessageEvent)
        .allMatch(change -> change.instead() == null);
  }

  @Test
  void redisFailure_everyJobFails() {
    assertThat(of(played(Incident.REDIS_FAILURE), JobDone.class))
        .isNotEmpty()
        .noneMatch(job -> job.status() == Status.COMPLETED)
        .filteredOn(job -> job.status() == Status.ERROR)
        .isNotEmpty()
        .allMatch(job -> job.cause().equals("redis_error"));
    assertThat(changes(Incident.REDIS_FAILURE))
        .allMatch(change -> change.usual().event() instanceof JobDone);
  }

  @Test
  void callersOnHold_nobodyTalks() {
    assertThat(of(played(Incident.CALLERS_ON_HOLD), SessionChanged.class))
        .isNotEmpty()
        .allMatch(said -> said.state() == State.HOLD || said.state() == State.ENDED);
    assertThat(changes(Incident.CALLERS_ON_HOLD))
        .allMatch(change -> change.usual().event() instanceof SessionChanged);
  }

  private static Map<String, Occurrence> played(Incident incident) {
    return PLAYED.computeIfAbsent(incident, i -> told(Trouble.of(i, FROM, LENGTH)));
  }

  /** All that is told by id; a duplicate is the same. */
  private static Map<String, Occurrence> told(Trouble trouble) {
    Order order =
        new Order(3, START, Duration.ofMinutes(8), 80, Order.WHOLE_DAY, Duration.ZERO, trouble);
    Map<String, Occurrence> told = new LinkedHashMap<>();
    new Plan(Traffic.USUAL, order)
        .forEachRemaining(planned -> told.put(planned.key().id(), planned.occurrence()));
    return told;
  }

  private static List<Change> changes(Incident incident) {
    Map<String, Occurrence> told = played(incident);
    Set<String> ids = new TreeSet<>(USUAL.keySet());
    ids.addAll(told.keySet());
    List<Change> changes = new ArrayList<>();
    for (String id : ids) {
      Change change = new Change(id, USUAL.get(id), told.get(id));
      if (change.usual() == null || !change.usual().equals(change.instead())) {
        changes.add(change);
      }
    }
    return changes;
  }

  /** An id is run, conversation and number. */
  private static String story(String id) {
    return id.split("-", 3)[1];
  }

  private static boolean isMeanwhile(Occurrence occurrence) {
    return !occurrence.time().isBefore(FROM) && occurrence.time().isBefore(UNTIL);
  }

  private static List<Event> events(Map<String, Occurrence> told) {
    return told.values().stream().filter(IncidentTest::isMeanwhile).map(Occurrence::event).toList();
  }

  /** The events of a kind that happen meanwhile. */
  private static <E extends Event> Stream<E> of(Map<String, Occurrence> told, Class<E> kind) {
    return events(told).stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The calls on a trunk that begin meanwhile. */
  private static Set<String> callsOf(Map<String, Occurrence> told, String trunk) {
    Set<String> calls = new HashSet<>();
    of(told, Initiated.class)
        .filter(call -> trunk.equals(call.beginning().trunk()))
        .forEach(call -> calls.add(call.callId()));
    return calls;
  }

  private static List<Ended> endsOf(Map<String, Occurrence> told, Set<String> calls) {
    return told.values().stream()
        .map(Occurrence::event)
        .filter(event -> event instanceof Ended ended && calls.contains(ended.callId()))
        .map(Ended.class::cast)
        .toList();
  }

  private static double medianDelay(Map<String, Occurrence> told, String trunk) {
    Set<String> calls = callsOf(told, trunk);
    List<Double> delays =
        told.values().stream()
            .map(Occurrence::event)
            .filter(event -> event instanceof Ringing ring && calls.contains(ring.callId()))
            .map(event -> ((Ringing) event).pddMs())
            .sorted()
            .toList();
    assertThat(delays).hasSizeGreaterThan(100);
    return delays.get(delays.size() / 2);
  }

  /** The webhooks that were tried meanwhile and delivered by the end. */
  private static Set<String> delivered(Map<String, Occurrence> told) {
    Set<String> tried = new HashSet<>();
    of(told, Attempted.class).forEach(attempt -> tried.add(attempt.deliveryId()));
    Set<String> delivered = new HashSet<>();
    for (Occurrence occurrence : told.values()) {
      if (occurrence.event() instanceof Attempted attempt
          && attempt.result() == Result.DELIVERED
          && tried.contains(attempt.deliveryId())) {
        delivered.add(attempt.deliveryId());
      }
    }
    return delivered;
  }
}
