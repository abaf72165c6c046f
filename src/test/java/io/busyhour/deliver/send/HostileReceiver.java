package io.busyhour.deliver.send;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/**
 * An endpoint on a loopback port that answers as its behaviour says, which may change at any time,
 * and well-behaved otherwise: it keeps connections. For any thread.
 */
public final class HostileReceiver implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final ServerSocket server;
  private final String scheme;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour behaviour;
  private volatile boolean keeping = true;

  /** What it does with a request. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers, or not; the connection is kept if it says so. */
    boolean answer(Got request, Wire wire) throws IOException;
  }

  /** The connection that a request came on. */
  public interface Wire {
    /** Writes and flushes; each byte is a character of Latin-1. */
    void write(String text) throws IOException;

    /** Waits; false if the receiver was closed meanwhile. */
    boolean pause(Duration time);

    /** Ends the connection with a reset instead of its usual end. */
    void reset() throws IOException;
  }

  /**
   * A request.
   *
   * @param headers by name in lower case
   */
  public record Got(String requestLine, Map<String, List<String>> headers, String body) {
    /** The only value of a header, or null. */
    public String header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      return values.size() == 1 ? values.get(0) : null;
    }
  }

  /** Begins to listen. */
  public HostileReceiver(Behaviour behaviour) {
    this("http", ServerSocketFactory.getDefault(), behaviour);
  }

  HostileReceiver(String scheme, ServerSocketFactory sockets, Behaviour behaviour) {
    this.scheme = scheme;
    this.behaviour = behaviour;
    try {
      server = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers with a status and nothing else. */
  public static Behaviour status(int status) {
    return answer(status, "", "");
  }

  /** Answers with a status, header lines each ending in CRLF, and a body. */
  public static Behaviour answer(int status, String headers, String body) {
    String text =
        "HTTP/1.1 %d Word\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(status, headers, body.length(), body);
    return (request, wire) -> {
      wire.write(text);
      return true;
    };
  }

  /** Sends some text, which may be no HTTP, and ends the connection. */
  public static Behaviour raw(String text) {
    return (request, wire) -> {
      wire.write(text);
      return false;
    };
  }

  /** Never answers. */
  public static Behaviour hanging() {
    return (request, wire) -> {
      while (wire.pause(Duration.ofHours(1))) {
        // Until the receiver is closed.
      }
      return false;
    };
  }

  /** Ends the connection without an answer. */
  public static Behaviour closing() {
    return (request, wire) -> false;
  }

  /** Resets the connection without an answer. */
  public static Behaviour resetting() {
    return (request, wire) -> {
      wire.reset();
      return false;
    };
  }

  /** Sends text one byte at a time, for ever if it {@code repeats}. */
  public static Behaviour dripping(String head, String text, Duration each, boolean repeats) {
    return (request, wire) -> {
      wire.write(head);
      do {
        for (int i = 0; i < text.length(); i++) {
          wire.write(text.substring(i, i + 1));
          if (!wire.pause(each)) {
            return false;
          }
        }
      } while (repeats);
      return true;
    };
  }

  /** Answers with so many bytes. */
  public static Behaviour flooding(int status, long bytes) {
    String chunk = "a".repeat(CHUNK);
    return (request, wire) -> {
      wire.write("HTTP/1.1 %d Word\r\nContent-Length: %d\r\n\r\n".formatted(status, bytes));
      for (long sent = 0; sent < bytes; sent += CHUNK) {
        wire.write(chunk);
      }
      return true;
    };
  }

  /** Goes on with another behaviour, from the next request on. */
  public void behave(Behaviour other) {
    behaviour = other;
  }

  /** Only counts requests from now on: thousands of them need not be kept. */
  public void countOnly() {
    keeping = false;
  }

  /** Where it listens. */
  public URI url(String path) {
    return URI.create("%s://localhost:%d%s".formatted(scheme, server.getLocalPort(), path));
  }

  /** Its port. */
  public int port() {
    return server.getLocalPort();
  }

  /** What it got so far, while it kept it. */
  public List<Got> got() {
    return new ArrayList<>(got);
  }

  /** How many requests it got. */
  public int requests() {
    return requests.get();
  }

  /** How many connections it took. */
  public int connections() {
    return connections.get();
  }

  /** How many connections are open. */
  public int open() {
    return open.size();
  }

  /** How many bytes were taken from it. */
  public long written() {
    return written.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or a connection that was gone before it was taken.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Wire wire = new SocketWire(socket, socket.getOutputStream());
      for (Got request = read(in); request != null; request = read(in)) {
        if (keeping) {
          got.add(request);
        }
        requests.incrementAndGet();
        if (!behaviour.answer(request, wire)) {
          return;
        }
      }
    } catch (IOException e) {
      // Whoever called has gone.
    } finally {
      open.remove(socket);
    }
  }

  private static Got read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = Math.max(0, line.indexOf(':'));
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    List<String> length = headers.getOrDefault("content-length", List.of("0"));
    byte[] body = in.readNBytes(Integer.parseInt(length.get(0)));
    return new Got(requestLine, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private final class SocketWire implements Wire {
    private final Socket socket;
    private final OutputStream out;

    SocketWire(Socket socket, OutputStream out) {
      this.socket = socket;
      this.out = out;
    }

    @Override
    public void write(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      out.write(bytes);
      out.flush();
      written.addAndGet(bytes.length);
    }

    @Override
    public boolean pause(Duration time) {
      try {
        return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
