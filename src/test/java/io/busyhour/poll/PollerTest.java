package io.busyhour.poll;

import static io.busyhour.poll.FakeTwilio.ACCOUNT;
import static io.busyhour.poll.FakeTwilio.BALANCE;
import static io.busyhour.poll.FakeTwilio.LOST;
import static io.busyhour.poll.FakeTwilio.STALLED;
import static io.busyhour.poll.FakeTwilio.TOKEN;
import static io.busyhour.poll.FakeTwilio.USAGE;
import static io.busyhour.poll.FakeTwilio.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import io.busyhour.event.PollEvent.Failure;
import io.busyhour.event.PollEvent.Operation;
import io.busyhour.event.PollEvent.TwilioAnswered;
import io.busyhour.event.PollEvent.TwilioBalance;
import io.busyhour.event.PollEvent.TwilioRefused;
import io.busyhour.event.PollEvent.TwilioUsage;
import io.busyhour.journal.JournalUnavailable;
import io.busyhour.poll.FakeTwilio.Answer;
import io.busyhour.poll.FakeTwilio.Asked;
import io.busyhour.receive.StubJournal;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The poller against a server that answers as Twilio's does, and worse. */
class PollerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123456Z");
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Logger LOG = Logger.getLogger("io.busyhour.poll");

  private final FakeTwilio twilio = new FakeTwilio();
  private final StubJournal journal = new StubJournal();
  private final HandPause pause = new HandPause(INTERVAL);
  private final Logged logged = new Logged();
  private Poller poller;

  /** Everything that is logged, in text. */
  private static final class Logged extends Handler {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getLevel() + " " + line.getMessage() + " " + thrown(line.getThrown()));
    }

    private static String thrown(Throwable thrown) {
      return thrown == null ? "" : thrown + " " + Arrays.toString(thrown.getStackTrace());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.ALL);
    LOG.addHandler(logged);
  }

  @AfterEach
  void close() {
    if (poller != null) {
      poller.close();
    }
    LOG.removeHandler(logged);
    LOG.setLevel(null);
    twilio.close();
    // Whatever happened, nobody was told the token.
    assertThat(logged.lines).noneMatch(line -> line.contains(TOKEN) || line.contains("Basic"));
  }

  private void start() throws InterruptedException {
    start(Duration.ofSeconds(20), Optional.empty(), TOKEN);
  }

  private void start(Duration patience, Optional<LocalDate> since, String... tokens)
      throws InterruptedException {
    PollSettings settings =
        new PollSettings(ACCOUNT, List.of(tokens), INTERVAL, since, twilio.uri());
    TwilioClient.Times times = new TwilioClient.Times(() -> NOW, pause, patience);
    poller = new Poller(settings, journal, times, new Random(1));
    poller.start();
    pause.awaitRound();
  }

  private List<Event> events(int delivery) {
    return journal.stored().get(delivery).occurrences().stream().map(Occurrence::event).toList();
  }

  private static Event refused(Operation operation, Failure reason) {
    return new TwilioRefused(ACCOUNT, operation, reason);
  }

  private static TwilioUsage usage(String category, String amount, String unit, String price) {
    return new TwilioUsage(
        ACCOUNT, category, new BigDecimal(amount), unit, new BigDecimal(price), "usd");
  }

  @Test
  void round_allGood_isOneDeliveryAnOperation() throws InterruptedException {
    start();
    BigDecimal balance = new BigDecimal("127.4836");
    assertThat(events(0))
        .containsExactly(
            new TwilioBalance(ACCOUNT, balance, "USD"),
            new AccountEvent.Updated(ACCOUNT, null, balance, null, null),
            new TwilioAnswered(ACCOUNT, Operation.FETCH_BALANCE));
    assertThat(events(1))
        .containsExactly(
            usage("calls", "311", "minutes", "2.6130"),
            usage("totalprice", "4.1180", "usd", "4.1180"),
            usage("calls-inbound", "120", "minutes", "1.1000"),
            new TwilioAnswered(ACCOUNT, Operation.FETCH_USAGE));
    assertThat(journal.stored())
        .flatExtracting(Delivery::occurrences)
        .extracting(Occurrence::time)
        .containsOnly(NOW);
    assertThat(twilio.asked())
        .extracting(Asked::target)
        .containsExactly(
            BALANCE,
            USAGE + "?PageSize=1000&IncludeSubaccounts=true",
            USAGE + "?PageSize=2&Page=1&PageToken=PAcalls-inbound");
    assertThat(logged.lines).isEmpty();
  }

  @Test
  void rounds_withTheSameAnswers_areDeliveriesOfTheirOwn() throws InterruptedException {
    start();
    pause.turn();
    assertThat(journal.stored()).hasSize(4);
    assertThat(events(2)).isEqualTo(events(0));
    assertThat(journal.stored()).extracting(d -> d.key().source()).containsOnly("twilio-api");
  }

  @Test
  void usage_sinceADay_isAskedForWithIt() throws InterruptedException {
    String records = "/2010-04-01/Accounts/" + ACCOUNT + "/Usage/Records.json";
    twilio.answer(records, Answer.of(200, payload("usage-numbers")));
    start(Duration.ofSeconds(20), Optional.of(LocalDate.parse("2026-11-01")), TOKEN);
    assertThat(twilio.asked(records).getFirst().target()).contains("?StartDate=2026-11-01&");
    assertThat(events(1))
        .containsExactly(
            usage("sms-outbound", "41", "segments", "0.3075"),
            new TwilioAnswered(ACCOUNT, Operation.FETCH_USAGE));
  }

  @ParameterizedTest
  @CsvSource({
    "429, RATE_LIMITED, error-20429",
    "500, SERVER_ERROR, ",
    "503, SERVER_ERROR, ",
    "599, SERVER_ERROR, "
  })
  void failure_thatPasses_isCountedAndAskedAgain(int status, Failure reason, String file)
      throws InterruptedException {
    String body = file == null ? "<html>upstream connect error</html>" : payload(file);
    twilio.answer(BALANCE, Answer.of(status, body), Answer.of(status, body));
    start();
    assertThat(events(0))
        .startsWith(
            refused(Operation.FETCH_BALANCE, reason), refused(Operation.FETCH_BALANCE, reason))
        .endsWith(new TwilioAnswered(ACCOUNT, Operation.FETCH_BALANCE));
    assertThat(pause.slept()).hasSize(2);
    assertThat(pause.slept().get(0)).isBetween(Duration.ofMillis(90), Duration.ofMillis(110));
    assertThat(pause.slept().get(1)).isBetween(Duration.ofMillis(180), Duration.ofMillis(220));
  }

  @Test
  void failure_thatStays_endsAfterFiveTries() throws InterruptedException {
    Answer busy = Answer.of(429, payload("error-20429"));
    twilio.answer(BALANCE, busy, busy, busy, busy, busy);
    start();
    assertThat(twilio.asked(BALANCE)).hasSize(5);
    assertThat(events(0))
        .hasSize(5)
        .containsOnly(refused(Operation.FETCH_BALANCE, Failure.RATE_LIMITED));
    assertThat(events(1)).endsWith(new TwilioAnswered(ACCOUNT, Operation.FETCH_USAGE));
    assertThat(logged.lines)
        .singleElement()
        .asString()
        .startsWith("WARNING fetch_balance: Twilio answered 429 (error 20429); ");
    pause.turn();
    assertThat(events(2)).endsWith(new TwilioAnswered(ACCOUNT, Operation.FETCH_BALANCE));
    assertThat(logged.lines).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "3, PT3S",
    "0, PT0.1S",
    "3600, PT30S",
    "999999999, PT30S",
    "'Fri, 20 Nov 2026 08:00:07 GMT', PT6.876544S",
    "'Fri, 20 Nov 2026 07:00:00 GMT', PT0.1S",
    "soon, PT0.1S",
    "-5, PT0.1S"
  })
  void retryAfter_isHonouredWithinBounds(String said, Duration waited) throws InterruptedException {
    twilio.answer(BALANCE, Answer.of(429, payload("error-20429")).with("Retry-After", said));
    start();
    assertThat(pause.slept()).hasSize(1);
    long off = pause.slept().getFirst().minus(waited).abs().toMillis();
    assertThat(off).isLessThanOrEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAUTHORIZED, error-20003",
    "403, FORBIDDEN, error-20003",
    "404, NOT_FOUND, error-20404",
    "400, UNEXPECTED_STATUS, error-20404",
    "204, UNEXPECTED_STATUS, "
  })
  void failure_thatIsOurs_waitsForTheNextTime(int status, Failure reason, String file)
      throws InterruptedException {
    Answer answer = Answer.of(status, file == null ? "" : payload(file));
    twilio.answer(BALANCE, answer, answer);
    start();
    assertThat(twilio.asked(BALANCE)).hasSize(1);
    assertThat(pause.slept()).isEmpty();
    assertThat(events(0)).containsExactly(refused(Operation.FETCH_BALANCE, reason));
    pause.turn();
    assertThat(events(2)).containsExactly(refused(Operation.FETCH_BALANCE, reason));
    // Said once, not each time.
    assertThat(logged.lines).filteredOn(line -> line.startsWith("WARNING")).hasSize(1);
  }

  @Test
  void token_refusedWhileRotating_theNextIsTakenAndKept() throws InterruptedException {
    start(Duration.ofSeconds(20), Optional.empty(), "the old one", TOKEN);
    assertThat(events(0)).doesNotHaveAnyElementsOfTypes(TwilioRefused.class);
    assertThat(twilio.asked(BALANCE)).hasSize(2);
    pause.turn();
    assertThat(twilio.asked(BALANCE)).hasSize(3);
  }

  @Test
  void tokens_allRefused_isOneFailure() throws InterruptedException {
    start(Duration.ofSeconds(20), Optional.empty(), "an old one", "another");
    assertThat(events(0)).containsExactly(refused(Operation.FETCH_BALANCE, Failure.UNAUTHORIZED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "[]",
        "null",
        "{\"balance\":\"1\"} {}",
        "{\"balance\":null,\"currency\":\"USD\"}",
        "{\"balance\":\"\",\"currency\":\"USD\"}",
        "{\"balance\":\"NaN\",\"currency\":\"USD\"}",
        "{\"balance\":\"1,5\",\"currency\":\"USD\"}",
        "{\"balance\":1e999999999,\"currency\":\"USD\"}",
        "{\"balance\":1e99999999999999999999,\"currency\":\"USD\"}",
        "{\"balance\":{\"a\":1},\"currency\":\"USD\"}",
        "{\"balance\":true}",
        "{\"balance\":\"1\",\"currency\":\"U\\u0000D\"}",
        "{\"currency\":\"USD\"}"
      })
  void balance_unreadable_isCountedAndNothingIsSaid(String body) throws InterruptedException {
    twilio.answer(BALANCE, Answer.of(200, body));
    start();
    assertThat(events(0)).containsExactly(refused(Operation.FETCH_BALANCE, Failure.UNREADABLE));
    assertThat(pause.slept()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"balance\":-12.5,\"currency\":\"EUR\"} | -12.5 | EUR",
        "{\"balance\":\"-0.000000001\",\"currency\":null} | -0.000000001 |"
      })
  void balance_notInDollars_isNotThatOfTheAccount(String body, String amount, String currency)
      throws InterruptedException {
    twilio.answer(BALANCE, Answer.of(200, body));
    start();
    assertThat(events(0))
        .containsExactly(
            new TwilioBalance(ACCOUNT, new BigDecimal(amount), currency),
            new TwilioAnswered(ACCOUNT, Operation.FETCH_BALANCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/x",
        "//127.0.0.1:1/x",
        "https://api.example.com/x",
        "/\\127.0.0.1/x",
        "\\\\127.0.0.1/x",
        "x",
        "@127.0.0.1/",
        "/ x",
        "?Page=1"
      })
  void nextPage_anywhereElse_isRefused(String next) throws InterruptedException {
    twilio.answer(
        USAGE,
        Answer.of(
            200,
            "{\"usage_records\":[],\"next_page_uri\":\"%s\"}"
                .formatted(next.replace("\\", "\\\\"))));
    start();
    assertThat(events(1)).containsExactly(refused(Operation.FETCH_USAGE, Failure.OTHER_HOST));
    assertThat(twilio.asked(USAGE)).hasSize(1);
  }

  @Test
  void nextPage_onAnotherHost_neverGetsTheToken() throws InterruptedException {
    try (FakeTwilio other = new FakeTwilio()) {
      URI there = other.uri();
      twilio.answer(
          USAGE,
          Answer.of(200, "{\"usage_records\":[],\"next_page_uri\":\"%s/x\"}".formatted(there)));
      twilio.answer(BALANCE, Answer.of(302, "").with("Location", there + "/Balance.json"));
      start();
      assertThat(events(0))
          .containsExactly(refused(Operation.FETCH_BALANCE, Failure.UNEXPECTED_STATUS));
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void page_failing_changesNothing() throws InterruptedException {
    twilio.answer(
        USAGE, Answer.of(200, payload("usage-page-0")), Answer.of(404, payload("error-20404")));
    start();
    assertThat(events(1)).containsExactly(refused(Operation.FETCH_USAGE, Failure.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"usage_records\":{}}",
        "{\"usage_records\":[1]}",
        "{\"usage_records\":[{\"usage\":\"1\"}]}",
        "{\"usage_records\":[{\"category\":\"a\",\"usage\":\"many\"}]}",
        "{\"usage_records\":[],\"next_page_uri\":7}"
      })
  void usage_unreadable_changesNothing(String body) throws InterruptedException {
    twilio.answer(USAGE, Answer.of(200, body));
    start();
    assertThat(events(1)).containsExactly(refused(Operation.FETCH_USAGE, Failure.UNREADABLE));
  }

  @Test
  void listing_withoutEnd_isGivenUp() throws InterruptedException {
    Answer again =
        Answer.of(200, "{\"usage_records\":[],\"next_page_uri\":\"%s?Page=2\"}".formatted(USAGE));
    twilio.answer(USAGE, Collections.nCopies(60, again).toArray(Answer[]::new));
    start();
    assertThat(events(1)).containsExactly(refused(Operation.FETCH_USAGE, Failure.TOO_LARGE));
    assertThat(twilio.asked(USAGE)).hasSize(50);
  }

  @Test
  void answer_tooLong_isNotReadToItsEnd() throws InterruptedException {
    twilio.answer(BALANCE, Answer.of(200, "\"" + "x".repeat(9 * 1024 * 1024) + "\""));
    start();
    assertThat(events(0)).containsExactly(refused(Operation.FETCH_BALANCE, Failure.TOO_LARGE));
  }

  @Test
  void answer_thatNeverEnds_isATimeout() throws InterruptedException {
    twilio.answer(BALANCE, STALLED);
    start(Duration.ofMillis(300), Optional.empty(), TOKEN);
    assertThat(events(0))
        .startsWith(refused(Operation.FETCH_BALANCE, Failure.TIMEOUT))
        .endsWith(new TwilioAnswered(ACCOUNT, Operation.FETCH_BALANCE));
  }

  @Test
  void connection_lost_isAskedAgain() throws InterruptedException {
    twilio.answer(BALANCE, LOST, LOST, LOST);
    start();
    assertThat(events(0))
        .contains(refused(Operation.FETCH_BALANCE, Failure.UNREACHABLE))
        .endsWith(new TwilioAnswered(ACCOUNT, Operation.FETCH_BALANCE));
  }

  @Test
  void server_notThere_isUnreachable() throws InterruptedException {
    URI nowhere;
    try (FakeTwilio gone = new FakeTwilio()) {
      nowhere = gone.uri();
    }
    PollSettings settings =
        new PollSettings(ACCOUNT, List.of(TOKEN), INTERVAL, Optional.empty(), nowhere);
    TwilioClient.Times times = new TwilioClient.Times(() -> NOW, pause, Duration.ofSeconds(9));
    poller = new Poller(settings, journal, times, new Random(1));
    poller.start();
    pause.awaitRound();
    assertThat(events(0))
        .hasSize(5)
        .containsOnly(refused(Operation.FETCH_BALANCE, Failure.UNREACHABLE));
  }

  @Test
  void journal_unavailable_isTriedAgainNextTime() throws InterruptedException {
    journal.fail(JournalUnavailable.Cause.STORE_DOWN);
    start();
    assertThat(journal.stored()).isEmpty();
    assertThat(logged.lines).hasSize(2);
    journal.clear();
    pause.turn();
    assertThat(journal.stored()).hasSize(2);
  }

  @Test
  void close_whileItAsks_endsIt() throws InterruptedException {
    twilio.answer(BALANCE, STALLED);
    PollSettings settings =
        new PollSettings(ACCOUNT, List.of(TOKEN), INTERVAL, Optional.empty(), twilio.uri());
    TwilioClient.Times times = new TwilioClient.Times(() -> NOW, pause, Duration.ofHours(1));
    poller = new Poller(settings, journal, times, new Random(1));
    poller.start();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (twilio.asked().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    long before = System.nanoTime();
    poller.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    assertThat(journal.stored()).isEmpty();
    assertThat(twilio.asked()).hasSize(1);
  }

  @Test
  void settings_neverShowTheToken() {
    PollSettings settings =
        new PollSettings(ACCOUNT, List.of(TOKEN), INTERVAL, Optional.empty(), twilio.uri());
    assertThat(settings.toString()).contains("1 auth tokens").doesNotContain(TOKEN);
  }
}
