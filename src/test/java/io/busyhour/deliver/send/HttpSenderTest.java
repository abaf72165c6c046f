package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.busyhour.deliver.send.HostileReceiver.Behaviour;
import io.busyhour.deliver.send.HostileReceiver.Got;
import io.busyhour.deliver.subscription.Secret;
import io.busyhour.deliver.subscription.Subscription;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.utils.DateUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
  private static final String PAYLOAD = "{\"type\":\"call.ended\",\"data\":{\"name\":\"Zoë\"}}";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(400);

  private final HostileReceiver receiver = new HostileReceiver(HostileReceiver.status(200));
  private HttpSender sender = new HttpSender(Senders.toAnywhere(LONG));

  @AfterEach
  void close() throws IOException {
    sender.close();
    receiver.close();
  }

  private Answer send() {
    return sender.send(Senders.to(receiver.url("/hooks?a=b")), "dlv_1", PAYLOAD);
  }

  private Answer send(Behaviour behaviour) {
    receiver.behave(behaviour);
    return send();
  }

  private void within(Duration timeout) {
    sender.close();
    sender = new HttpSender(Senders.toAnywhere(timeout));
  }

  /** All of an answer but how long it took. */
  private static Answer timeless(Answer answer) {
    return new Answer(
        answer.status(),
        null,
        answer.failure(),
        answer.excerpt(),
        answer.retryAfter(),
        answer.abort());
  }

  private static Answer of(int status, String excerpt) {
    return new Answer(status, null, null, excerpt, null, false);
  }

  private static Answer none(Failure why) {
    return Answer.none(why, null);
  }

  @Test
  void request_isWhatTheStandardSays() {
    long before = Instant.now().getEpochSecond();
    assertThat(timeless(send())).isEqualTo(of(200, null));

    Got got = receiver.got().get(0);
    assertThat(got.requestLine()).isEqualTo("POST /hooks?a=b HTTP/1.1");
    assertThat(got.body()).isEqualTo(PAYLOAD);
    assertThat(got.headers().keySet())
        .containsExactlyInAnyOrder(
            "host",
            "connection",
            "user-agent",
            "content-type",
            "content-length",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");
    assertThat(got.header("content-type")).isEqualTo("application/json");
    assertThat(got.header("user-agent")).matches("Busyhour/[0-9].*");
    assertThat(got.header("host")).isEqualTo("localhost:" + receiver.port());
    assertThat(got.header("webhook-id")).isEqualTo("dlv_1");
    assertThat(Long.parseLong(got.header("webhook-timestamp")))
        .isBetween(before, Instant.now().getEpochSecond());
  }

  @Test
  void request_isAcceptedByTheStandardsLibrary() throws Exception {
    send();
    verify(receiver.got().get(0), Senders.SECRET);
  }

  @Test
  void rotation_bothSecretsAccept_andAfterItOnlyTheNewOne() throws Exception {
    Instant soon = Instant.now().plusSeconds(600);
    for (Instant until : List.of(soon, Instant.now())) {
      List<Secret> secrets =
          List.of(new Secret(Senders.SECRET, null), new Secret(Senders.OLD_SECRET, until));
      sender.send(Senders.to(receiver.url("/"), secrets), "dlv_1", PAYLOAD);
    }

    Got during = receiver.got().get(0);
    verify(during, Senders.SECRET);
    verify(during, Senders.OLD_SECRET);
    Got after = receiver.got().get(1);
    verify(after, Senders.SECRET);
    assertThatThrownBy(() -> verify(after, Senders.OLD_SECRET))
        .isInstanceOf(WebhookVerificationException.class);
  }

  private static void verify(Got got, String secret) throws WebhookVerificationException {
    new Webhook(secret).verify(got.body(), Map.copyOf(got.headers()));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 299, 300, 302, 304, 400, 401, 407, 410, 429, 500, 503, 599})
  void status_isTheAnswer(int status) {
    String headers = "Location: /other\r\nWWW-Authenticate: Basic realm=\"a\"\r\n";
    assertThat(timeless(send(HostileReceiver.answer(status, headers, ""))))
        .isEqualTo(of(status, null));
    assertThat(receiver.requests()).isEqualTo(1);
  }

  @Test
  void retryAfter_inBothForms() {
    assertThat(send(HostileReceiver.answer(429, "Retry-After: 12.5\r\n", "")).retryAfter())
        .isEqualTo(Duration.ofSeconds(13));
    assertThat(
            send(HostileReceiver.answer(503, "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT\r\n", ""))
                .retryAfter())
        .isNull(); // so far ahead that it is an old date of two digits
    String tomorrow = DateUtils.formatStandardDate(Instant.now().plus(Duration.ofDays(3)));
    assertThat(
            send(HostileReceiver.answer(503, "retry-after: " + tomorrow + "\r\n", "")).retryAfter())
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void abortMessage_isCarried() {
    Behaviour aborting = HostileReceiver.answer(400, "Webhook-Delivery: abort-message\r\n", "no");
    assertThat(timeless(send(aborting))).isEqualTo(new Answer(400, null, null, "no", null, true));
  }

  @Test
  void body_firstKilobyteIsKept_andTheConnection() {
    for (int length : new int[] {1, 1023, 1024, 1025, 2000, 65_000}) {
      assertThat(timeless(send(HostileReceiver.answer(500, "", "x".repeat(length)))))
          .isEqualTo(of(500, "x".repeat(Math.min(length, 1024))));
    }
    assertThat(receiver.connections()).isEqualTo(1);
  }

  @Test
  void body_ofAGigabyte_costsNothing() {
    Answer answer = send(HostileReceiver.flooding(200, 1_000_000_000));
    assertThat(timeless(answer)).isEqualTo(of(200, "a".repeat(1024)));
    // What was under way in the buffers of the two sockets.
    assertThat(receiver.written()).isLessThan(50_000_000);

    assertThat(send(HostileReceiver.status(200)).isSuccess()).isTrue();
    assertThat(receiver.connections()).isEqualTo(2);
  }

  @Test
  void body_compressed_isNotUnpacked() {
    Behaviour zipped = HostileReceiver.answer(200, "Content-Encoding: gzip\r\n", "no gzip");
    assertThat(timeless(send(zipped))).isEqualTo(of(200, "no gzip"));
  }

  @Test
  void body_thatBreaksOff_doesNotChangeTheStatus() {
    assertThat(
            timeless(send(HostileReceiver.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"))))
        .isEqualTo(of(200, "ab"));
    assertThat(
            timeless(
                send(
                    HostileReceiver.raw(
                        "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))))
        .isEqualTo(of(500, null));
  }

  @Test
  void cookies_areNotKept() {
    send(HostileReceiver.answer(200, "Set-Cookie: a=b; Path=/\r\n", ""));
    send();
    assertThat(receiver.got()).allMatch(got -> got.header("cookie") == null);
  }

  @Test
  void connection_isKept() {
    for (int i = 0; i < 20; i++) {
      assertThat(send().isSuccess()).isTrue();
    }
    assertThat(receiver.connections()).isEqualTo(1);
    assertThat(receiver.requests()).isEqualTo(20);
  }

  @Test
  void hanging_endsInTime() {
    within(SHORT);
    Answer answer = send(HostileReceiver.hanging());
    assertThat(timeless(answer)).isEqualTo(none(Failure.TIMEOUT));
    assertThat(answer.took()).isBetween(SHORT, Duration.ofSeconds(30));
  }

  @Test
  void dripping_headThatNeverEnds_endsInTime() {
    within(SHORT);
    Behaviour dripping =
        HostileReceiver.dripping("HTTP/1.1 200 OK\r\n", "a: b\r\n", Duration.ofMillis(20), true);
    assertThat(timeless(send(dripping))).isEqualTo(none(Failure.TIMEOUT));
  }

  @Test
  void dripping_bodyThatNeverEnds_endsInTime() {
    within(SHORT);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
    Answer answer = send(HostileReceiver.dripping(head, "a", Duration.ofMillis(20), true));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.excerpt()).matches("a+");
    assertThat(answer.took()).isBetween(SHORT, Duration.ofSeconds(30));
  }

  @Test
  void dripping_untilItsEnd_isAnAnswer() {
    String text = "HTTP/1.1 202 OK\r\nContent-Length: 2\r\n\r\nok";
    assertThat(timeless(send(HostileReceiver.dripping("", text, Duration.ofMillis(1), false))))
        .isEqualTo(of(202, "ok"));
  }

  @Test
  void closing_andResetting_isNoAnswer_andOneRequestEach() {
    assertThat(timeless(send(HostileReceiver.closing()))).isEqualTo(none(Failure.CLOSED));
    assertThat(timeless(send(HostileReceiver.resetting()))).isEqualTo(none(Failure.CLOSED));
    assertThat(receiver.requests()).isEqualTo(2);
  }

  @Test
  void garbage_isNoHttp() {
    assertThat(timeless(send(HostileReceiver.raw("220 mail.example ESMTP\r\n".repeat(3)))))
        .isEqualTo(none(Failure.PROTOCOL_ERROR));
    assertThat(timeless(send(HostileReceiver.raw("HTTP/1.1 200 OK\r\na: " + "a".repeat(9000)))))
        .isEqualTo(none(Failure.PROTOCOL_ERROR));
    assertThat(timeless(send(HostileReceiver.raw("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(200)))))
        .isEqualTo(none(Failure.PROTOCOL_ERROR));
    assertThat(
            timeless(send(HostileReceiver.raw("HTTP/1.1 101 Switch\r\nUpgrade: TLS/1.2\r\n\r\n"))))
        .isEqualTo(none(Failure.PROTOCOL_ERROR));
  }

  @Test
  void nobody_takesNoConnection() throws IOException {
    URI url;
    try (ServerSocket free = new ServerSocket(0)) {
      url = URI.create("http://localhost:" + free.getLocalPort() + "/");
    }
    assertThat(timeless(sender.send(Senders.to(url), "dlv_1", PAYLOAD)))
        .isEqualTo(none(Failure.CONNECT_FAILED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://localhost/", "http:///x", "/x", "http://a:b@localhost/", "mailto:a@b"})
  void url_thatIsNone_isNotSentTo(String url) {
    assertThat(timeless(sender.send(Senders.to(URI.create(url)), "dlv_1", PAYLOAD)))
        .isEqualTo(none(Failure.BAD_URL));
  }

  @Test
  void secret_thatIsNone_isNotSignedWith() {
    for (List<Secret> secrets : List.of(List.<Secret>of(), List.of(new Secret("whsec_!", null)))) {
      Subscription unsigned = Senders.to(receiver.url("/"), secrets);
      assertThat(timeless(sender.send(unsigned, "dlv_1", PAYLOAD)))
          .isEqualTo(none(Failure.NO_SECRET));
    }
    assertThat(receiver.requests()).isZero();
  }

  @Test
  void signature_thatComesBack_isHidden() {
    Answer answer =
        send(
            (request, wire) ->
                HostileReceiver.answer(400, "", "bad: " + request.header("webhook-signature"))
                    .answer(request, wire));
    assertThat(answer.excerpt()).isEqualTo("(hidden: it repeats a signature or a secret)");
  }

  @Test
  void close_endsWhatIsUnderWay() throws InterruptedException {
    receiver.behave(HostileReceiver.hanging());
    Answer[] answer = new Answer[1];
    Thread sending = Thread.ofVirtual().start(() -> answer[0] = send());
    Until.holds(() -> receiver.requests() == 1);
    sender.close();
    assertThat(sending.join(Duration.ofSeconds(30))).isTrue();
    assertThat(timeless(answer[0])).isEqualTo(none(Failure.CLOSED));
    assertThat(timeless(send())).isEqualTo(none(Failure.ERROR));
  }
}
