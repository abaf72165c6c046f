package io.busyhour.receive.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.event.StatsdEvent;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.StubJournal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback. */
class StatsdListenerTest {
  private static final Duration FLUSH = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final StubJournal journal = new StubJournal();
  private StatsdListener listener;

  @BeforeEach
  void open() throws IOException {
    listener = open(FLUSH);
  }

  private StatsdListener open(Duration flush) throws IOException {
    return StatsdListener.open(
        new StatsdSettings("127.0.0.1", 0, flush), new Receiver(journal, Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private void send(byte[] datagram) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress host = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(datagram, datagram.length, host, listener.port()));
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), listener.port());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private long counted(String name) {
    return journal.stored().stream()
        .flatMap(delivery -> delivery.occurrences().stream())
        .map(occurrence -> occurrence.event())
        .filter(StatsdEvent.Counted.class::isInstance)
        .map(StatsdEvent.Counted.class::cast)
        .filter(counted -> counted.metric().name().equals(name))
        .mapToLong(counted -> counted.amount().longValueExact())
        .sum();
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void datagram_ofOneLine_isStored() throws IOException {
    send("udp.one:3|c".getBytes(StandardCharsets.UTF_8));
    until(() -> counted("udp.one") == 3);
  }

  @Test
  void datagram_asLongAsTheyGet_isTakenWhole() throws IOException {
    String line = "udp.many:1|c\n";
    int lines = 65_507 / line.length();
    send(line.repeat(lines).getBytes(StandardCharsets.UTF_8));
    until(() -> counted("udp.many") == lines);
  }

  @Test
  void datagram_ofGarbage_costsOnlyItself() throws IOException {
    send(new byte[] {0, -1, 10, 'a', ':', '1', '|', 'c'});
    until(() -> counted("a") == 1);
    assertThat(journal.refused()).containsEntry("statsd invalid_utf8", 1L);
  }

  @Test
  void connection_lineInPieces_isTakenWhenItEnds() throws IOException {
    try (Socket socket = connect()) {
      write(socket, "tcp.pieces:");
      write(socket, "5|");
      write(socket, "c\ntcp.pieces:2|c\ntcp.half:1");
      until(() -> counted("tcp.pieces") == 7);
      write(socket, "2|c\n");
      until(() -> counted("tcp.half") == 12);
    }
  }

  @Test
  void connection_endsWithinALine_halfOfItIsRefused() throws IOException {
    try (Socket socket = connect()) {
      write(socket, "tcp.end:1|c\ntcp.end:12");
    }
    until(() -> journal.refused().containsKey("statsd malformed_line"));
    until(() -> counted("tcp.end") == 1);
  }

  @Test
  void connection_endlessLine_isPassedOver() throws IOException {
    try (Socket socket = connect()) {
      for (int i = 0; i < 300; i++) {
        write(socket, "x".repeat(1000));
      }
      write(socket, "\ntcp.after:1|c\n");
      until(() -> counted("tcp.after") == 1);
    }
    assertThat(journal.refused()).isEqualTo(java.util.Map.of("statsd too_large", 1L));
  }

  @Test
  void connections_tooMany_areClosedAndCounted() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 257; i++) {
        sockets.add(connect());
      }
      assertThat(sockets.getLast().getInputStream().read()).isEqualTo(-1);
      until(() -> journal.refused().containsKey("statsd overloaded"));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    until(
        () -> {
          try (Socket socket = connect()) {
            write(socket, "tcp.room:1|c\n");
          } catch (IOException e) {
            return false; // it was closed before it could write
          }
          return counted("tcp.room") > 0;
        });
  }

  @Test
  void close_storesWhatWasNotFlushed() throws IOException {
    try (StatsdListener slow = open(Duration.ofMinutes(1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), slow.port())) {
      write(socket, "tcp.last:1|c\n");
      // The end of the connection says that all of it was read.
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(counted("tcp.last")).isZero();
    }
    assertThat(counted("tcp.last")).isEqualTo(1);
  }

  @Test
  void open_portTaken_saysSo() {
    StatsdSettings same = new StatsdSettings("127.0.0.1", listener.port(), FLUSH);
    Receiver receiver = new Receiver(journal, Clock.systemUTC());
    assertThatThrownBy(() -> StatsdListener.open(same, receiver)).isInstanceOf(IOException.class);
  }

  @Test
  void open_hostUnknown_saysSo() {
    StatsdSettings nowhere = new StatsdSettings("no.such.host.invalid", 0, FLUSH);
    Receiver receiver = new Receiver(journal, Clock.systemUTC());
    assertThatThrownBy(() -> StatsdListener.open(nowhere, receiver))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.such.host.invalid");
  }
}
