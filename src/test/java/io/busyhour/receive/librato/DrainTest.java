package io.busyhour.receive.librato;

import static io.busyhour.receive.librato.Payloads.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.event.Delivery;
import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.Event;
import io.busyhour.event.LineEvent.AutoscaleCounted;
import io.busyhour.event.LineEvent.Counted;
import io.busyhour.event.LineEvent.DialerCounted;
import io.busyhour.event.LineEvent.DialerTimed;
import io.busyhour.event.LineEvent.JobsCounted;
import io.busyhour.event.LineEvent.Measured;
import io.busyhour.event.LineEvent.Origin;
import io.busyhour.event.LineEvent.Sampled;
import io.busyhour.event.LineEvent.Scaling;
import io.busyhour.event.LineEvent.SessionsSampled;
import io.busyhour.event.LineEvent.Tally;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WorkEvent.Status;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Batch;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What lines come to, as a table. */
class DrainTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123456Z");
  private static final Origin NOBODY = Origin.UNKNOWN;
  private static final Origin CAMPAIGN = new Origin("12", "345", null, null, null);

  private record Case(String line, List<Event> events) {
    Case(String line, Event... events) {
      this(line, List.of(events));
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("count#a", counted("a", "1")),
          new Case("count#a=", counted("a", "1")),
          new Case("count#a=0.25", counted("a", "0.25")),
          new Case("count#a=2KB", counted("a", "2E+3")),
          new Case("sample#a=1840", sampled("a", 1840)),
          new Case("sample#a=21.22MB", sampled("a", 21_220_000)),
          new Case("sample#a=4.1%", sampled("a", 0.041)),
          new Case("sample#a=38ms", sampled("a", 0.038)),
          new Case("measure#a=38ms", measured("a", 0.038)),
          new Case("measure.a=38mS", measured("a", 0.038)),
          new Case("measure#a=\"38ms\"", measured("a", 0.038)),
          new Case("measure#a=800us measure#b=1.5s", measured("a", 0.0008), measured("b", 1.5)),
          new Case("measure#a=10", sampled("a", 10)),
          new Case("measure#a=10B", sampled("a", 10)),
          new Case("count#a.b/c:d-e_f", counted("a.b/c:d-e_f", "1")),
          new Case("count#call.13035550123.ended=1", counted("call.{id}.ended", "1")),
          new Case("measure#measure#a=1s", measured("measure_a", 1)),
          // A source is for all, wherever it is; the first one counts.
          new Case(
              "count#a count#b=2 source=ac-12.ca-345 source=ac-9",
              new Counted("a", BigDecimal.ONE, CAMPAIGN),
              new Counted("b", BigDecimal.TWO, CAMPAIGN)),
          new Case("source=\"ac-12.ca-345\" count#a", new Counted("a", BigDecimal.ONE, CAMPAIGN)),
          new Case("Source=ac-12 count#a", counted("a", "1")),
          new Case("source= source=ac-12 count#a", counted("a", "1")),
          // What is no metric.
          new Case(""),
          new Case("State changed from starting to up"),
          new Case("COUNT#a=1 Measure#b=1 weigh#c=1 measures#d=1 xcount#e=1 count=1 #f=1"),
          new Case("measure=1 msg=\"count#a=1\" k=measure#b"),
          // A dialer's names.
          new Case(
              "sample#dialer.contact.answered=2.314",
              new DialerTimed(Leg.CONTACT, Result.ANSWERED, 2.314, NOBODY)),
          new Case(
              "measure#dialer.transfer.busy=250ms",
              new DialerTimed(Leg.TRANSFER, Result.BUSY, 0.25, NOBODY)),
          new Case(
              "sample#dialer.caller.redirect=1s",
              new DialerTimed(Leg.CALLER, Result.REDIRECT, 1.0, NOBODY)),
          new Case("sample#dialer.caller.answered=1s", sampled("dialer.caller.answered", 1)),
          new Case("sample#dialer.contact.error=1B", sampled("dialer.contact.error", 1)),
          new Case("count#dialer.contact.error=1", counted("dialer.contact.error", "1")),
          new Case(
              "source=ac-12.ca-345 count#dialer.requests.total=3 count#dialer.requests.completed=2"
                  + " count#dialer.requests.error=0.5 count#dialer.responses.completed"
                  + " count#dialer.responses.error=1",
              new DialerCounted(Tally.REQUESTS, new BigDecimal(3), CAMPAIGN),
              new DialerCounted(Tally.REQUESTS_COMPLETED, BigDecimal.TWO, CAMPAIGN),
              new DialerCounted(Tally.REQUESTS_ERROR, new BigDecimal("0.5"), CAMPAIGN),
              new DialerCounted(Tally.RESPONSES_COMPLETED, BigDecimal.ONE, CAMPAIGN),
              new DialerCounted(Tally.RESPONSES_ERROR, BigDecimal.ONE, CAMPAIGN)),
          new Case("sample#dialer.requests.total=3", sampled("dialer.requests.total", 3)),
          new Case(
              "sample#dialer.caller_sessions.wrap_up=3",
              new SessionsSampled(State.WRAP_UP, 3.0, NOBODY)),
          new Case(
              "sample#dialer.caller_sessions.ended=3", sampled("dialer.caller_sessions.ended", 3)),
          // Autoscalers and jobs.
          new Case(
              "count#autoscale.web.total count#autoscale.a.b.down=2",
              new AutoscaleCounted("web", Scaling.TOTAL, BigDecimal.ONE),
              new AutoscaleCounted("a.b", Scaling.DOWN, BigDecimal.TWO)),
          new Case(
              "count#autoscale.up count#autoscale..up",
              counted("autoscale.up", "1"),
              counted("autoscale..up", "1")),
          new Case("count#autoscale.web.sideways", counted("autoscale.web.sideways", "1")),
          new Case("count#billing.jobs=2", jobs("billing", null, null, null, 2)),
          new Case("count#billing.debit_job.jobs", jobs("billing", "debit_job", null, null, 1)),
          new Case("count#.jobs count#a..jobs", counted(".jobs", "1"), counted("a..jobs", "1")),
          new Case("count#a.b.c.jobs", counted("a.b.c.jobs", "1")),
          new Case("sample#billing.jobs=2", sampled("billing.jobs", 2)),
          new Case(
              "count#job_status.caller_pusher_job.publish_call_ended.started",
              jobs("caller_pusher_job", "publish_call_ended", Status.STARTED, null, 1)),
          new Case(
              "count#job_status.import.completed", jobs("import", null, Status.COMPLETED, null, 1)),
          new Case("count#job_status.a.error", jobs("a", null, Status.ERROR, null, 1)),
          new Case("count#job_status.a.b.sigterm", jobs("a", "b", Status.ERROR, "sigterm", 1)),
          new Case("count#job_status.completed", counted("job_status.completed", "1")),
          new Case("count#job_status.invalid_record", counted("job_status.invalid_record", "1")),
          new Case(
              "source=resque.billing.debit_job count#job_status.completed=1",
              jobs("billing", "debit_job", Status.COMPLETED, null, 1)),
          new Case(
              "source=resque.billing.debit_job.mysql2_error count#job_status.exception=1",
              jobs("billing", "debit_job", Status.ERROR, "mysql2_error", 1)),
          new Case(
              "source=h.sidekiq.call_flow.dial_job.net_error count#job_status.exception=1",
              jobs("call_flow", "dial_job", Status.ERROR, "net_error", 1)));

  private static Counted counted(String metric, String amount) {
    return new Counted(metric, new BigDecimal(amount), NOBODY);
  }

  private static Sampled sampled(String metric, double value) {
    return new Sampled(metric, value, NOBODY);
  }

  private static Measured measured(String metric, double seconds) {
    return new Measured(metric, seconds, NOBODY);
  }

  private static JobsCounted jobs(String process, String job, Status status, String cause, int n) {
    return new JobsCounted(process, job, status, cause, new BigDecimal(n));
  }

  @TestFactory
  Stream<DynamicTest> line_says() {
    return CASES.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "line: " + each.line,
                    () -> {
                      Drain drain = lines(each.line);
                      assertThat(events(drain)).isEqualTo(each.events);
                      assertThat(drain.refused()).isEmpty();
                    }));
  }

  private record BadCase(String line, Reason reason, List<String> names) {
    BadCase(String line, Reason reason, String... names) {
      this(line, reason, List.of(names));
    }
  }

  private static final List<BadCase> BAD_CASES =
      List.of(
          new BadCase("count#a=-5", Reason.INVALID_VALUE),
          new BadCase("count#a=x count#b=1", Reason.INVALID_VALUE, "b"),
          new BadCase("count#=1 count#b=1", Reason.MISSING_FIELD, "b"),
          new BadCase("count#" + "a".repeat(129) + " count#b", Reason.INVALID_VALUE, "b"),
          new BadCase("count#a=" + "1".repeat(65) + " count#b", Reason.INVALID_VALUE, "b"),
          new BadCase("count#a=" + "9".repeat(64) + " count#b", Reason.INVALID_VALUE, "b"),
          new BadCase("count#a=0." + "1".repeat(41) + " count#b", Reason.INVALID_VALUE, "b"),
          new BadCase("measure#a=99999999s count#b", Reason.INVALID_VALUE, "b"),
          new BadCase("sample#a=99999999GB count#b", Reason.INVALID_VALUE, "b"),
          new BadCase("sample#dialer.contact.busy=99999999 count#b", Reason.INVALID_VALUE, "b"),
          // A quote that does not end costs the whole line.
          new BadCase("count#a=1 msg=\"oh", Reason.MALFORMED_LINE),
          new BadCase("msg=\"\\x\" count#a=1", Reason.MALFORMED_LINE),
          new BadCase("count#a=\"1", Reason.MALFORMED_LINE));

  @TestFactory
  Stream<DynamicTest> line_bad_costsItself() {
    return BAD_CASES.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.line,
                    () -> {
                      Drain drain = lines("count#before\n" + each.line + "\ncount#after");
                      assertThat(events(drain).stream().map(e -> ((Counted) e).metric()))
                          .startsWith("before")
                          .endsWith("after")
                          .hasSize(2 + each.names.size())
                          .containsAll(each.names);
                      assertThat(drain.refused()).isEqualTo(Map.of(each.reason, 1L));
                    }));
  }

  @Test
  void line_badWithoutMetric_isNothing() {
    Drain drain = lines("msg=\"oh\nmsg=\"count#a=1\nit#is=\"\\x\"");
    assertThat(events(drain)).isEmpty();
    assertThat(drain.refused()).isEmpty();
  }

  @Test
  void line_ofMany_isBounded() {
    Drain drain = lines("count#a ".repeat(1_003));
    assertThat(events(drain)).hasSize(1_000);
    assertThat(drain.refused()).isEqualTo(Map.of(Reason.TOO_LARGE, 3L));
  }

  @Test
  void body_ofTooMany_isRefused() {
    String body = ("count#a ".repeat(1_000) + "\n").repeat(Batch.MAX_EVENTS / 1_000 + 1);
    assertThatThrownBy(() -> lines(body))
        .isInstanceOf(Refusal.class)
        .extracting(e -> ((Refusal) e).reason())
        .isSameAs(Reason.TOO_LARGE);
  }

  /** l2met parser/parser_test.go, as it is written there. */
  @Test
  void published_isReadAsL2metDoes() {
    assertThat(events(frames("l2met-simple.logplex")))
        .containsExactly(sampled("hello", 1), sampled("world", 1));
    assertThat(events(frames("l2met-legacy.logplex"))).containsExactly(sampled("hello", 1));
    assertThat(events(frames("l2met-l10.logplex"))).containsExactly(counted("logplex.l10", "500"));
  }

  /** l2met main_test.go. */
  @Test
  void published_router_isMeasured() {
    assertThat(events(framed("router", "host=l2met.net connect=1ms service=4ms bytes=10")))
        .containsExactly(
            measured("router.connect", 0.001),
            measured("router.service", 0.004),
            sampled("router.bytes", 10));
    assertThat(events(framed("app", "measure#a=0.001"))).containsExactly(sampled("a", 0.001));
    assertThat(events(framed("app", "connect=1ms service=4ms bytes=10"))).isEmpty();
  }

  @Test
  void reference_isRead() {
    Drain drain = frames("reference.logplex");
    assertThat(events(drain))
        .containsExactly(new Measured("dial.time", 0.038, new Origin("1", "2", null, null, null)));
    assertThat(drain.refused()).isEmpty();
  }

  @Test
  void drops_areCountedWhereLogplexSaysThem() {
    assertThat(events(framed("logplex", "Error L10 (...): 7 messages dropped. count#a")))
        .containsExactly(counted("logplex.l10", "7"));
    assertThat(events(framed("logplex", "a: b: 7 messages: 8 messages")))
        .containsExactly(counted("logplex.l10", "7"));
    assertThat(events(framed("web.1", ": 7 messages count#a"))).containsExactly(counted("a", "1"));
    for (String other :
        List.of(":7 messages", ": messages", ": x messages", ": 7 message", ": 7", ":", "")) {
      assertThat(events(framed("logplex", other))).as(other).isEmpty();
    }
    assertThat(events(framed("logplex", ": " + "9".repeat(70) + " messages"))).isEmpty();
  }

  @Test
  void time_isTheFramesOrElseTheReceipt() {
    String body =
        frame("2026-11-20T07:59:58.5+00:00", "web.1", "count#a")
            + frame("2026-11-20T08:59:58.5+01:00", "web.1", "count#a")
            + frame("-", "web.1", "count#a")
            + frame("yesterday", "web.1", "count#a")
            + frame("1999-11-20T08:00:00Z", "web.1", "count#a")
            + frame("2036-11-20T08:00:00Z", "web.1", "count#a")
            + frame("9".repeat(100), "web.1", "count#a");
    Drain drain = Drain.ofFrames(body.getBytes(StandardCharsets.UTF_8), NOW);
    Instant said = Instant.parse("2026-11-20T07:59:58.5Z");
    assertThat(occurrences(drain))
        .extracting(Occurrence::time)
        .containsExactly(said, said, NOW, NOW, NOW, NOW, NOW);
    assertThat(drain.refused()).isEmpty();
  }

  @Test
  void deliveries_areOfFewEventsEach() {
    Drain drain = lines("count#a\n".repeat(450));
    List<Delivery> deliveries = drain.deliveries("r");
    assertThat(deliveries).extracting(d -> d.occurrences().size()).containsExactly(200, 200, 50);
    assertThat(deliveries)
        .extracting(d -> d.key().source() + " " + d.key().id())
        .containsExactly("librato r-0", "librato r-1", "librato r-2");
    assertThat(lines("hello").deliveries("r")).isEmpty();
  }

  @Test
  void frames_noneOfThemGood_areRefused() {
    assertThatThrownBy(() -> Drain.ofFrames("count#a=1\n".getBytes(StandardCharsets.UTF_8), NOW))
        .isInstanceOf(Refusal.class)
        .extracting(e -> ((Refusal) e).reason())
        .isSameAs(Reason.MALFORMED_LINE);
    assertThat(events(Drain.ofFrames(new byte[0], NOW))).isEmpty();
  }

  /** What is journaled is read again by the same rules, and has no number of a phone in it. */
  @Test
  void events_areJournaledAsTheyAre() {
    byte[] lines = Payloads.bytes("dialer.txt");
    byte[] frames = Payloads.bytes("heroku.logplex");
    Stream.of(Drain.ofLines(lines, NOW), Drain.ofFrames(frames, NOW))
        .flatMap(drain -> occurrences(drain).stream())
        .forEach(
            one -> {
              assertThat(one.event().type().read(one.data())).isEqualTo(one.event());
              assertThat(one.data().toString()).doesNotContain("303555", "CA000", "9981", "http");
            });
    assertThat(events(Drain.ofLines(lines, NOW))).hasSize(7);
    assertThat(events(Drain.ofFrames(frames, NOW))).hasSize(23);
  }

  private static Drain lines(String body) {
    return Drain.ofLines(body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static Drain frames(String payload) {
    return Drain.ofFrames(Payloads.bytes(payload), NOW);
  }

  private static Drain framed(String process, String message) {
    String body = frame("2026-11-20T08:00:00Z", process, message);
    return Drain.ofFrames(body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static List<Occurrence> occurrences(Drain drain) {
    return drain.deliveries("r").stream().flatMap(d -> d.occurrences().stream()).toList();
  }

  private static List<Event> events(Drain drain) {
    return occurrences(drain).stream().map(Occurrence::event).toList();
  }
}
