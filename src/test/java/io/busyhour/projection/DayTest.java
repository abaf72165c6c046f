package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.FaultyDatabase.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic of all kinds, of which most is only half told, in any order and through any accident. */
class DayTest {
  private static final int STOPS = 4;
  private static final String WHOLE = "whole";

  private Random dice;
  private final List<Occurrence> day = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderAndRepetition_throughRestartsAndFailures_isTheSameScrape(long seed) {
    dice = new Random(seed);
    calls();
    messages();
    dialer();
    webhooks();
    platform();
    List<String> straight = play(day, stage -> {});
    List<Occurrence> other = new ArrayList<>(day);
    day.stream().filter(this::isRepeated).forEach(other::add);
    Collections.shuffle(other, dice);
    assertThat(play(other, this::accident)).isEqualTo(straight);
  }

  @ParameterizedTest
  @ValueSource(longs = 4)
  void twoProcesses_onOneDatabase_showTheSameScrape(long seed) {
    dice = new Random(seed);
    calls();
    messages();
    dialer();
    webhooks();
    List<String> straight = play(day, stage -> {});
    Stage[] beside = new Stage[1];
    List<String> found =
        play(
            day,
            stage -> {
              beside[0] = beside[0] == null ? stage.beside() : beside[0];
              beside[0].catchUp();
            });
    try (Stage other = beside[0]) {
      other.catchUp();
      assertThat(shown(other)).isEqualTo(found).isEqualTo(straight);
    }
  }

  private interface Accident {
    void happenTo(Stage stage);
  }

  private List<String> play(List<Occurrence> all, Accident accident) {
    Stage stage = new Stage();
    try (stage) {
      for (int i = 0; i < all.size(); i++) {
        if (i % (all.size() / STOPS) == 1) {
          stage.catchUp();
          accident.happenTo(stage);
        }
        stage.journal.receive(List.of(all.get(i)), isWhole(all.get(i)));
      }
      stage.settle();
      stage.pass(Duration.ofMinutes(3));
      say("campaign.polled", 0, "duration_seconds", 1);
      stage.journal.receive(day.removeLast());
      stage.catchUp();
      return shown(stage);
    }
  }

  /** Its sender says all about the beginning each time, as Twilio does. */
  private static boolean isWhole(Occurrence occurrence) {
    return occurrence.event() instanceof CallEvent call
        && call.callId().startsWith(WHOLE)
        && !call.beginning().equals(CallEvent.Beginning.UNKNOWN);
  }

  private void accident(Stage stage) {
    if (dice.nextBoolean()) {
      stage.restart();
    } else {
      stage.database.set(dice.nextBoolean() ? Fault.COMMIT_FAILS : Fault.COMMIT_UNHEARD);
      say("campaign.updated", 0, "campaign_id", "k0");
      stage.journal.receive(day.removeLast());
      Stage.until(() -> stage.progress().failure() != null);
      stage.database.set(Fault.NONE);
    }
    stage.catchUp();
  }

  /** How late what came is another matter, and repeats are deliveries of their own there. */
  private static List<String> shown(Stage stage) {
    return stage.scrape().lines().filter(line -> !line.contains("_ingest_delay_")).toList();
  }

  /** What is counted by the event is told apart by its delivery, which nobody repeats. */
  private boolean isRepeated(Occurrence occurrence) {
    return dice.nextInt(3) == 0
        && switch (occurrence.event().type()) {
          case CALL_QUALITY,
              CALL_LATENCY,
              WEBHOOK_ATTEMPTED,
              BILLING_RATED,
              DIP_QUERY,
              JOB_DONE,
              AUTOSCALE_DONE,
              API_REQUEST ->
              false;
          default -> true;
        };
  }

  private void say(String type, double second, Object... fields) {
    Map<String, Object> data = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i + 1] != null) {
        data.put((String) fields[i], fields[i + 1]);
      }
    }
    day.add(said(type, NOON.plusMillis((long) (second * 1000)), data));
  }

  /** The value, or nothing. */
  private Object maybe(Object value) {
    return dice.nextBoolean() ? value : null;
  }

  private Object one(Object... of) {
    return of[dice.nextInt(of.length)];
  }

  private void calls() {
    for (int i = 0; i < 60; i++) {
      call((i % 5 == 0 ? WHOLE : "c") + i, dice.nextInt(20) / 2.0);
    }
  }

  private void call(String id, double t) {
    boolean whole = id.startsWith(WHOLE);
    boolean early = whole || dice.nextBoolean();
    Object[] beginning = {
      "call_id", id,
      "account", maybe("a"),
      "trunk", maybe("t" + dice.nextInt(3)),
      "campaign_id", maybe("k" + dice.nextInt(2)),
      "user_id", maybe("u1"),
      "direction", maybe("outbound"),
      "provider", maybe("p"),
      "from", "+13035550100",
      "to", maybe("+12125550100"),
      "zone", maybe("LOCAL"),
      "origination_country", maybe("US"),
      "destination_country", maybe("US")
    };
    Object[] rest = early && !whole ? new Object[] {"call_id", id} : beginning;
    if (dice.nextInt(5) > 0) {
      say("call.initiated", t, early ? beginning : new Object[] {"call_id", id});
    }
    if (dice.nextBoolean()) {
      say("call.ringing", t + 1.5, with(whole ? rest : null, id, "pdd_ms", maybe(800)));
    }
    if (dice.nextBoolean()) {
      say("call.answered", t + 3, with(whole ? rest : null, id, "answered_by", maybe("human")));
    }
    if (dice.nextInt(4) > 0) {
      Object how = one("completed", "busy", "no_answer", "failed", "timeout", "abandoned");
      Object[] end = {"outcome", how, "sip_code", maybe(480), "cost", maybe("0.013")};
      Object[] talk = {"duration_seconds", maybe(dice.nextInt(10)), "has_transcript", maybe(true)};
      say("call.ended", t + 10, with(rest, id, with(end, id, talk)));
    }
    if (dice.nextInt(3) == 0) {
      Object[] heard = {"codec", maybe("PCMU"), "jitter_ms", maybe(4), "packet_loss", maybe(0.01)};
      Object[] more = {"rtt_ms", maybe(40), "direction", maybe("inbound"), "mos", maybe(4.1)};
      say("call.quality", t + 9, with(heard, id, more));
    }
    say("call.latency", t, "call_id", id, "event_type", "session", "duration_ms", 5);
  }

  private static Object[] with(Object[] fields, String call, Object... more) {
    List<Object> all = new ArrayList<>(List.of("call_id", call));
    Collections.addAll(all, fields == null ? new Object[0] : fields);
    Collections.addAll(all, more);
    return all.toArray();
  }

  private void messages() {
    for (int i = 0; i < 40; i++) {
      String id = "m" + i;
      double t = dice.nextInt(20);
      if (dice.nextInt(4) > 0) {
        List<Object> fields = new ArrayList<>(List.of("message_id", id, "account", "a"));
        Collections.addAll(fields, "campaign", maybe("k"), "brand", maybe("b"));
        Collections.addAll(fields, "direction", one("inbound", "outbound", null));
        Collections.addAll(fields, "carrier", maybe("v"), "segments", maybe(2));
        say("sms.sent", t, fields.toArray());
      }
      for (String state : List.of("queued", "sent", "delivered", "undelivered", "failed", "read")) {
        if (dice.nextInt(3) == 0) {
          Object why = state.equals("failed") ? maybe("30003") : null;
          Object by = maybe("v");
          say(
              "sms.status",
              ++t,
              "message_id",
              id,
              "status",
              state,
              "carrier",
              by,
              "error_code",
              why);
        }
      }
    }
  }

  private void dialer() {
    for (int i = 0; i < 40; i++) {
      String id = "r" + i;
      double t = dice.nextInt(20);
      Object leg = one("contact", "transfer", "caller");
      Object type = maybe("Preview");
      if (dice.nextInt(4) > 0) {
        say(
            "dialer.requested",
            t,
            "request_id",
            id,
            "leg",
            leg,
            "account",
            "a",
            "campaign_type",
            type);
      }
      Object result = one("answered", "busy", "error", "redirect");
      Object status = one(200, 500, null);
      if (dice.nextInt(4) > 0) {
        say("dialer.responded", t + 3, "request_id", id, "result", result, "http_status", status);
      }
      Object state = one("on_call", "hold", "wrap_up", "ended");
      String session = "s" + i % 9;
      String said = "caller_session.changed";
      say(said, t, "caller_session_id", session, "state", state, "account", maybe("a"));
      Object user = maybe("u" + i % 2);
      Object now = one("active", "paused", null);
      say("campaign.updated", t, "campaign_id", "k" + i % 5, "user_id", user, "status", now);
    }
  }

  private void webhooks() {
    for (int i = 0; i < 25; i++) {
      String id = "d" + i;
      String type = "e" + i % 2;
      if (dice.nextBoolean()) {
        say("webhook.queued", 0, "delivery_id", id, "event_type", type, "partner_id", "p");
      }
      int last = dice.nextInt(4);
      for (int attempt = 1; attempt <= last; attempt++) {
        boolean full = dice.nextBoolean();
        Object how = attempt < last ? "failed" : one("delivered", "failed", "dead_letter");
        List<Object> fields = new ArrayList<>(List.of("delivery_id", id, "attempt", attempt));
        Collections.addAll(fields, "result", how, "event_type", full ? type : null);
        Collections.addAll(fields, "partner_id", full ? "p" : null, "worker_id", maybe("w1"));
        Collections.addAll(fields, "status_code", maybe(500), "latency_seconds", maybe(0.3));
        say("webhook.attempted", attempt * 2, fields.toArray());
      }
      Object queue = maybe(i);
      say(
          "webhook.worker",
          i % 7,
          "worker_id",
          "w" + i % 3,
          "uptime_seconds",
          i,
          "queue_size",
          queue);
    }
  }

  private void platform() {
    for (int i = 0; i < 40; i++) {
      double t = (double) one(1.0, 2.5, -3590.0, -3610.0, -80000.0, 40.0, -200.0);
      String account = "a" + i % 3;
      List<Object> fields = new ArrayList<>(List.of("account", account, "service", "voice"));
      Collections.addAll(fields, "charge_cents", maybe("0.1" + i), "vendor_cost_cents", "0.05");
      Collections.addAll(fields, "minutes", maybe("0.3"), "trunk", maybe("t1"));
      say("billing.rated", t, fields.toArray());
      Object kind = one("prepaid", "postpaid", null);
      say("account.updated", t, "account", account, "type", kind, "balance_dollars", maybe(i));
      Object hit = one(true, false, null);
      say("dip.query", t, "dip_type", one("lrn", "cic"), "status", "success", "cache_hit", hit);
      say("job.done", t, "process", "p", "job_name", "j", "status", one("started", "error"));
      say("autoscale.done", t, "process", "p", "action", one("up", "down", "none"));
      say("api.request", t, "endpoint", "/v1/x", "method", "get", "status", 200);
      say("infra.kamailio", t, "node", "n", "status", one("healthy", "degraded", "unhealthy"));
      say("infra.rtpengine", t, "node", "n", "sessions", i);
      say("trunk.updated", t, "trunk", "t" + i % 2, "channel_limit", i);
    }
  }
}
