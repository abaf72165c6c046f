package io.busyhour.process;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Receives webhooks over kept connections at next to no cost, and counts them by their id. It
 * answers 200, at once or after some time, or not at all.
 */
final class WireReceiver implements AutoCloseable {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1);

  /** How often each delivery arrived, by {@code webhook-id}. */
  final ConcurrentMap<String, AtomicInteger> arrivals = new ConcurrentHashMap<>();

  final AtomicLong requests = new AtomicLong();
  private final ServerSocket socket;
  private final long delayNanos;
  private volatile boolean hanging;

  /**
   * @param delayNanos before each answer
   */
  WireReceiver(long delayNanos) {
    this.delayNanos = delayNanos;
    try {
      socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers nothing from now on, or again. */
  void hang(boolean now) {
    hanging = now;
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/hooks";
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (true) {
        receive(in);
        if (delayNanos > 0) {
          LockSupport.parkNanos(delayNanos);
        }
        if (!hanging) {
          out.write(OK);
          out.flush();
        }
      }
    } catch (IOException e) {
      // The sender has gone, as it may at any time.
    }
  }

  private void receive(InputStream in) throws IOException {
    int length = 0;
    String id = null;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      } else if (line.regionMatches(true, 0, "webhook-id:", 0, 11)) {
        id = line.substring(11).strip();
      }
    }
    in.skipNBytes(length);
    requests.incrementAndGet();
    if (id != null) {
      arrivals.computeIfAbsent(id, i -> new AtomicInteger()).incrementAndGet();
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
