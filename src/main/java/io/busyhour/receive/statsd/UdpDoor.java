package io.busyhour.receive.statsd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Takes datagrams of lines. */
final class UdpDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UdpDoor.class.getName());

  /** No datagram is longer (RFC 768). */
  private static final int LONGEST = 65_535;

  /** Asked for; the system gives what its administrator allows. */
  private static final int BUFFER = 8 * 1024 * 1024;

  private final DatagramSocket socket;
  private final Aggregator aggregator;
  private final Thread thread = Thread.ofPlatform().name("statsd-udp").unstarted(this::run);

  /** Listens, and takes nothing yet. */
  UdpDoor(InetSocketAddress address, Aggregator aggregator) throws IOException {
    this.aggregator = aggregator;
    socket = new DatagramSocket(null);
    try {
      socket.setReceiveBufferSize(BUFFER);
      socket.bind(address);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void start() {
    thread.start();
  }

  int buffer() {
    try {
      return socket.getReceiveBufferSize();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    DatagramPacket datagram = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (!socket.isClosed()) {
      try {
        datagram.setLength(LONGEST);
        socket.receive(datagram);
        aggregator.takeAll(datagram.getData(), 0, datagram.getLength());
      } catch (IOException | RuntimeException e) {
        // The edge of the thread: whatever a datagram does, the next one is taken.
        if (!socket.isClosed()) {
          LOG.log(Level.WARNING, "a datagram of StatsD is lost", e);
        }
      }
    }
  }

  /** Returns when what was received is added up. */
  @Override
  public void close() {
    socket.close();
    Threads.join(thread);
  }
}
