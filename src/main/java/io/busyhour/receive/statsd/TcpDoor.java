package io.busyhour.receive.statsd;

import io.busyhour.http.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes lines from connections, each ended by a newline; what is not ended is not taken. */
final class TcpDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TcpDoor.class.getName());
  private static final int MOST = 256;
  private static final int BACKLOG = 64;
  private static final int BUFFER = 64 * 1024;

  private final ServerSocket server = new ServerSocket();
  private final Aggregator aggregator;
  private final int idleMillis;
  private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("statsd-tcp").unstarted(this::run);

  /**
   * Listens, and takes nothing yet.
   *
   * @param idle how long nothing may come before a connection is closed
   */
  TcpDoor(InetSocketAddress address, Duration idle, Aggregator aggregator) throws IOException {
    this.aggregator = aggregator;
    this.idleMillis = (int) idle.toMillis();
    try {
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  void start() {
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void run() {
    while (!server.isClosed()) {
      try {
        accept(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(Level.WARNING, "a connection of StatsD cannot be accepted", e);
        }
      }
    }
  }

  private void accept(Socket socket) throws IOException {
    if (connections.size() >= MOST) {
      aggregator.refuse(Reason.OVERLOADED);
      socket.close();
      return;
    }
    socket.setSoTimeout(idleMillis);
    Thread reader = Thread.ofVirtual().name("statsd-tcp-connection").unstarted(() -> read(socket));
    connections.put(socket, reader);
    reader.start();
    if (server.isClosed()) {
      socket.close(); // it was closed meanwhile, and may not have seen this one
    }
  }

  private void read(Socket socket) {
    try (socket) {
      lines(socket.getInputStream());
    } catch (IOException | RuntimeException e) {
      // The edge of the thread: gone, idle, closed by us; what it sent in lines is taken.
      LOG.log(Level.DEBUG, "a connection of StatsD has ended", e);
    } finally {
      connections.remove(socket);
    }
  }

  /** Keeps the bytes of a line until its end has come; a line that is too long is passed over. */
  private void lines(InputStream in) throws IOException {
    byte[] bytes = new byte[BUFFER];
    int kept = 0;
    boolean tooLong = false;
    for (int n = in.read(bytes, 0, BUFFER); n >= 0; n = in.read(bytes, kept, BUFFER - kept)) {
      int filled = kept + n;
      int begin = tooLong ? after(bytes, kept, filled) : 0;
      if (begin < 0) {
        kept = 0;
        continue;
      }
      tooLong = false;
      int end = lastEnd(bytes, Math.max(begin, kept), filled);
      if (end >= begin) {
        aggregator.takeAll(bytes, begin, end);
        begin = end + 1;
      }
      kept = filled - begin;
      System.arraycopy(bytes, begin, bytes, 0, kept);
      if (kept > LineReader.LONGEST) {
        aggregator.refuse(Reason.TOO_LARGE);
        tooLong = true;
        kept = 0;
      }
    }
    if (kept > 0) {
      // Half a line may be half a number.
      aggregator.refuse(Reason.MALFORMED_LINE);
    }
  }

  /** Behind the first newline, or -1. */
  private static int after(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /** The last newline, or -1. */
  private static int lastEnd(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Returns when what was received is added up. */
  @Override
  public void close() {
    shut(server);
    Threads.join(thread);
    connections.forEach(
        (socket, reader) -> {
          shut(socket);
          Threads.join(reader);
        });
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "a socket cannot be closed", e);
    }
  }
}
