package io.busyhour.receive.statsd;

import io.busyhour.receive.Receiver;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Listens for StatsD by UDP and TCP on one port, and flushes in its interval: open until closed,
 * which stores what came in last. There is no proof of the sender.
 */
public final class StatsdListener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StatsdListener.class.getName());
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int TRIES = 20;

  private final Aggregator aggregator;
  private final Duration flush;
  private final TcpDoor tcp;
  private final UdpDoor udp;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread flusher = Thread.ofPlatform().name("statsd-flush").unstarted(this::run);

  private StatsdListener(StatsdSettings settings, Aggregator aggregator) throws IOException {
    this.aggregator = aggregator;
    this.flush = settings.flush();
    tcp = new TcpDoor(address(settings.host(), settings.port()), IDLE, aggregator);
    try {
      udp = new UdpDoor(address(settings.host(), tcp.port()), aggregator);
    } catch (IOException | RuntimeException e) {
      tcp.close();
      throw e;
    }
  }

  private static InetSocketAddress address(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("the address of " + host + " is not known");
    }
    return address;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException when the port is taken or the host is not one of this machine
   */
  public static StatsdListener open(StatsdSettings settings, Receiver receiver) throws IOException {
    Aggregator aggregator = new Aggregator(receiver, UUID.randomUUID().toString(), Interval.ROOM);
    StatsdListener listener = bound(settings, aggregator);
    listener.tcp.start();
    listener.udp.start();
    listener.flusher.start();
    LOG.log(
        Level.INFO,
        "StatsD is listened for at {0}, port {1}, by UDP (buffer of {2} bytes) and TCP",
        settings.host(),
        Integer.toString(listener.port()),
        Integer.toString(listener.udp.buffer()));
    return listener;
  }

  /** A port that is free for TCP may be taken for UDP: where any will do, another is tried. */
  private static StatsdListener bound(StatsdSettings settings, Aggregator aggregator)
      throws IOException {
    for (int left = settings.port() == 0 ? TRIES : 1; ; left--) {
      try {
        return new StatsdListener(settings, aggregator);
      } catch (IOException e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  /** The port, of UDP and of TCP. */
  public int port() {
    return tcp.port();
  }

  private void run() {
    try {
      while (!stop.await(flush.toMillis(), TimeUnit.MILLISECONDS)) {
        flush();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "interrupted, which nobody has a reason to do", e);
    }
    aggregator.close();
  }

  private void flush() {
    try {
      aggregator.flush();
    } catch (RuntimeException e) {
      // The edge of the thread: whatever it was, there is a next time.
      LOG.log(Level.ERROR, "StatsD could not be flushed", e);
    }
  }

  /** Takes no more, and stores what it has; a store that does not answer is not waited for long. */
  @Override
  public void close() {
    tcp.close();
    udp.close();
    stop.countDown();
    Threads.join(flusher);
  }
}
