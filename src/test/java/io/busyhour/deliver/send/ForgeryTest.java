package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that would have the server ask what only the server reaches. */
class ForgeryTest {
  /** Stands for a public address: it is allowed, and no other of the loopback network is. */
  private static final String OPEN = "127.0.0.1";

  private final HostileReceiver receiver = new HostileReceiver(HostileReceiver.status(200));
  private final Map<String, Deque<String[]>> zone = new ConcurrentHashMap<>();
  private final HttpSender sender = sender(Senders.toPublicAnd(OPEN), this::lookup);

  @AfterEach
  void close() throws IOException {
    sender.close();
    receiver.close();
  }

  private static HttpSender sender(SendSettings settings, Names.Lookup lookup) {
    return new HttpSender(settings, InstantSource.system(), lookup, SSLContexts.createDefault());
  }

  private InetAddress[] lookup(String host) throws UnknownHostException {
    Deque<String[]> answers = zone.get(host);
    if (answers == null) {
      return InetAddress.getAllByName(host);
    }
    String[] now = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    InetAddress[] all = new InetAddress[now.length];
    for (int i = 0; i < now.length; i++) {
      all[i] = InetAddress.getAllByName(now[i])[0];
    }
    return all;
  }

  private void name(String host, String[]... answers) {
    zone.put(host, new ArrayDeque<>(List.of(answers)));
  }

  private static String[] to(String... addresses) {
    return addresses;
  }

  private Answer send(String host) {
    URI url = URI.create("http://%s:%d/".formatted(host, receiver.port()));
    return sender.send(Senders.to(url), "dlv_1", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "127.2",
        "2130706434",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.2]",
        "[::ffff:7f00:2]",
        "[64:ff9b::7f00:1]",
        "[fe80::1]",
      })
  void literal_isRefused(String host) {
    // Java takes some spellings for no host at all.
    assertThat(send(host).failure()).isIn("address_refused", "bad_url");
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void name_ofAPrivateAddress_isRefused() {
    name("inside.example", to("10.0.0.1", "127.0.0.2", "::1"));
    Answer answer = send("inside.example");
    assertThat(answer)
        .isEqualTo(new Answer(0, answer.took(), "address_refused", null, null, false));
  }

  @Test
  void name_ofAPublicAndAPrivateAddress_isReachedAtThePublicOne() {
    name("both.example", to("127.0.0.2", OPEN));
    assertThat(send("both.example").status()).isEqualTo(200);
  }

  @Test
  void name_thatIsRebound_isRefusedAtTheNextConnection() {
    // The end of the connection makes the next attempt look the name up again.
    receiver.behave(HostileReceiver.answer(200, "Connection: close\r\n", ""));
    name("rebound.example", to(OPEN), to("127.0.0.2"));
    assertThat(send("rebound.example").status()).isEqualTo(200);
    assertThat(send("rebound.example").failure()).isEqualTo("address_refused");
    assertThat(receiver.connections()).isEqualTo(1);
  }

  @Test
  void name_thatIsRebound_doesNotMoveAConnection() {
    name("rebound.example", to(OPEN), to("127.0.0.2"));
    assertThat(send("rebound.example").status()).isEqualTo(200);
    assertThat(send("rebound.example").status()).isEqualTo(200);
    assertThat(receiver.connections()).isEqualTo(1);
  }

  @Test
  void name_isLookedUpOnceForAConnection() {
    // A second look-up between check and connection would be answered with the other address.
    name("twice.example", to(OPEN), to("127.0.0.2"));
    assertThat(send("twice.example").status()).isEqualTo(200);
  }

  @Test
  void connection_ofAnotherName_isNotUsed() {
    name("open.example", to(OPEN));
    name("inside.example", to("127.0.0.2"));
    assertThat(send("open.example").status()).isEqualTo(200);
    assertThat(send("inside.example").failure()).isEqualTo("address_refused");
  }

  @Test
  void name_withoutAddress_isUnknown() {
    name("none.example", to());
    assertThat(send("none.example").failure()).isEqualTo("unknown_host");
    try (HttpSender lost =
        sender(
            Senders.toPublicAnd(),
            host -> {
              throw new UnknownHostException(host);
            })) {
      URI url = URI.create("http://lost.example/");
      assertThat(lost.send(Senders.to(url), "dlv_1", "{}").failure()).isEqualTo("unknown_host");
    }
  }

  @Test
  void redirect_isNotFollowed() {
    receiver.behave(HostileReceiver.answer(307, "Location: http://127.0.0.1:1/\r\n", ""));
    assertThat(send(OPEN).status()).isEqualTo(307);
    assertThat(receiver.requests()).isEqualTo(1);
  }

  @Test
  void nameServer_thatHangs_costsOneLookup_andTheAttemptsTime() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    Names.Lookup hanging =
        host -> {
          lookups.incrementAndGet();
          awaitQuietly(never);
          throw new UnknownHostException(host);
        };
    SendSettings soon = new SendSettings(Duration.ofMillis(300), false, List.of(), 64);
    try (HttpSender waiting = sender(soon, hanging)) {
      URI url = URI.create("http://hanging.example/");
      List<String> failures = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 20; i++) {
        Thread.ofVirtual()
            .start(() -> failures.add(waiting.send(Senders.to(url), "dlv_1", "{}").failure()));
      }
      Until.holds(() -> failures.size() == 20);
      assertThat(failures).containsOnly("timeout");
      assertThat(lookups).hasValue(1);
    } finally {
      never.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void subscription_isRefusedAtOnce() {
    name("inside.example", to("10.0.0.1"));
    name("open.example", to("1.1.1.1"));
    name("none.example", to());
    try (Targets targets = new Targets(Senders.toPublicAnd(), this::lookup)) {
      assertThat(targets.why(URI.create("https://inside.example/a")))
          .contains("a host at a public address, or at one that the server's settings allow");
      assertThat(targets.why(URI.create("https://[::1]/"))).isPresent();
      assertThat(targets.why(URI.create("https://open.example/a"))).isEmpty();
      assertThat(targets.why(URI.create("https://none.example/a"))).isEmpty();
      assertThat(targets.why(URI.create("ftp://open.example/")))
          .contains("a URL with http or https");
      assertThat(targets.why(URI.create("http://a@open.example/")))
          .contains("a URL without user name and password");
      assertThat(targets.why(URI.create("http://open.example:0/")))
          .contains("a URL with another port than 0");
      assertThat(targets.why(URI.create("http:///a")))
          .contains("a URL with a host, and a port of at most 65535 if any");
      assertThat(targets.why(URI.create("http://open.example/" + "a".repeat(2048))))
          .contains("a URL of at most 2048 characters");
    }
  }
}
