package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.projection.calls.history.CallExport;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.CallFilter.Status;
import io.busyhour.projection.calls.history.CallLine;
import io.busyhour.projection.calls.history.CallLine.Width;
import io.busyhour.projection.calls.history.CallPage;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.projection.change.CallRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Lists and exports of random histories give each call once, in order, as a model has them. */
class CallListProperties {
  private static final int CALLS = 60;
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
  private static final Comparator<CallRecord> NEWEST_FIRST =
      Comparator.<CallRecord, Place>comparing(c -> Place.of(c.startedAt(), c.callId())).reversed();

  private static List<String> ids(List<CallRecord> calls) {
    return calls.stream().map(CallRecord::callId).toList();
  }

  /** Events of calls that begin within a few seconds, so that many begin in the same moment. */
  private static void receive(Stage stage, Random random) {
    List<Runnable> events = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String id = "call " + random.nextInt(10_000);
      Instant began = NOON.minusSeconds(random.nextInt(5));
      Map<String, Object> data = new HashMap<>();
      data.put("call_id", id);
      data.put("campaign_id", "c" + random.nextInt(3));
      data.put("account", "a" + random.nextInt(2));
      if (random.nextBoolean()) {
        data.put("trunk", "t" + random.nextInt(2));
      }
      if (random.nextInt(4) > 0) {
        events.add(() -> stage.journal.receive(said("call.initiated", began, data)));
      }
      if (random.nextBoolean()) {
        Instant answered = began.plusMillis(random.nextInt(900));
        Map<String, Object> by = Map.of("call_id", id);
        events.add(() -> stage.journal.receive(said("call.answered", answered, by)));
      }
      if (random.nextInt(4) > 0) {
        Map<String, Object> end = new HashMap<>(data);
        Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
        end.put("outcome", Words.of(outcome));
        if (random.nextBoolean()) {
          end.put("duration_seconds", random.nextInt(8) + 0.123);
        }
        Instant ended = began.plusSeconds(random.nextInt(3));
        events.add(() -> stage.journal.receive(said("call.ended", ended, end)));
      }
    }
    Collections.shuffle(events, random);
    events.forEach(Runnable::run);
    stage.catchUp();
  }

  private static List<CallRecord> pages(Stage stage, CallFilter filter, Random random) {
    List<CallRecord> all = new ArrayList<>();
    Place next = null;
    do {
      CallPage page = stage.book.calls(filter, next, 1 + random.nextInt(7));
      all.addAll(page.calls());
      next = page.next() == null ? null : Place.parse(page.next().toString());
    } while (next != null);
    return all;
  }

  @Property(tries = 15)
  void pages_ofAnyFilter_giveEachCallOnceNewestFirst(@ForAll long seed) {
    Random random = new Random(seed);
    try (Stage stage = new Stage()) {
      receive(stage, random);
      List<CallRecord> all = stage.book.calls(CallFilter.ALL, null, 1000).calls();
      assertThat(all).isSortedAccordingTo(NEWEST_FIRST).doesNotHaveDuplicates();
      assertThat(all).allMatch(c -> stage.book.call(c.callId()).orElseThrow().equals(c));
      for (int i = 0; i < 20; i++) {
        CallFilter filter = filter(random);
        List<CallRecord> expected = all.stream().filter(matches(filter)).toList();
        assertThat(ids(pages(stage, filter, random))).as("%s", filter).isEqualTo(ids(expected));
      }
    }
  }

  private static CallFilter filter(Random random) {
    Status status =
        switch (random.nextInt(3)) {
          case 0 -> new Status(null);
          case 1 -> new Status(OUTCOMES.get(random.nextInt(OUTCOMES.size())));
          default -> null;
        };
    Instant since = NOON.minusSeconds(random.nextInt(6));
    return new CallFilter(
        status,
        random.nextBoolean() ? "c" + random.nextInt(3) : null,
        random.nextBoolean() ? "a" + random.nextInt(2) : null,
        random.nextBoolean() ? "t" + random.nextInt(2) : null,
        random.nextBoolean() ? since : null,
        random.nextBoolean() ? since.plusSeconds(random.nextInt(4)) : null);
  }

  private static Predicate<CallRecord> matches(CallFilter filter) {
    return call ->
        (filter.status() == null || filter.status().outcome() == call.end().outcome())
            && isOr(filter.campaign(), call.beginning().campaignId())
            && isOr(filter.account(), call.beginning().account())
            && isOr(filter.trunk(), call.beginning().trunk())
            && (filter.since() == null || !call.startedAt().isBefore(filter.since()))
            && (filter.until() == null || call.startedAt().isBefore(filter.until()));
  }

  private static boolean isOr(String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }

  @Property(tries = 15)
  void stretches_ofAnyLength_giveEachCallOnceOldestFirst(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    try (Stage stage = new Stage()) {
      receive(stage, random);
      List<CallRecord> all =
          stage.book.calls(CallFilter.ALL, null, 1000).calls().stream()
              .sorted(NEWEST_FIRST.reversed())
              .toList();
      CallExport export = new CallExport(stage.database);
      long until = Place.of(NOON.plusSeconds(60), "").startedAt();
      List<String> read = new ArrayList<>();
      Width width = random.nextBoolean() ? Width.ALL : Width.USUAL;
      Place from = new Place(0, "");
      while (from != null) {
        Place next = export.ahead(from, until, 1 + random.nextInt(9));
        Place end = next == null ? new Place(until, "") : next;
        export.read(from, end, width, line -> read.add(text(line)));
        from = next;
      }
      assertThat(read).isEqualTo(all.stream().map(call -> text(call, width)).toList());
    }
  }

  private static String text(CallLine line) {
    return "%s %s %s %s %s"
        .formatted(
            new Place(line.startedAt(), line.callId()),
            line.outcome(),
            line.answeredAt() == CallLine.UNKNOWN ? null : new Place(line.answeredAt(), ""),
            line.endedAt() == CallLine.UNKNOWN ? null : new Place(line.endedAt(), ""),
            line.talkSeconds());
  }

  private static String text(CallRecord call, Width width) {
    Instant answered = width == Width.ALL ? call.answeredAt() : null;
    Instant ended = call.times().ended();
    return "%s %s %s %s %s"
        .formatted(
            Place.of(call.startedAt(), call.callId()),
            call.end().outcome(),
            answered == null ? null : Place.of(answered, ""),
            ended == null ? null : Place.of(ended, ""),
            call.talkSeconds());
  }
}
