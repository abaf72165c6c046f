package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters.CounterFamily;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * A scrape of more than 8 MB, read by somebody who takes it in small bits. Helidon 4.4.0 lost what
 * its socket did not take in one write, and the rest never came; helidon-common-socket 4.4.1 waits.
 */
abstract class LargeScrape extends ScrapeServer {
  private static final int SERIES = 100_000;
  private static final int SMALLEST_WINDOW = 2048;
  private static final int STALLED_MILLIS = 20_000;

  /** What the bytes go through. */
  abstract Socket over(Socket plain) throws Exception;

  @Test
  void scrape_largerThanTheReadersWindowArrivesWhole() throws Exception {
    CounterFamily calls = meters.counter("large_calls_total", "Calls.", "campaign_id", "user_id");
    for (int i = 0; i < SERIES; i++) {
      calls.add(i, "campaign-with-quite-a-long-name-" + i, "user-" + i % 100);
    }
    byte[] expected = written(meters.snapshots("large_calls_total"::equals));
    assertThat(expected).hasSizeGreaterThan(8_000_000);

    assertThat(readInSmallBits("/metrics?name=large_calls_total")).isEqualTo(expected);
  }

  private static byte[] written(MetricSnapshots snapshots) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Format.TEXT.write(out, snapshots);
    return out.toByteArray();
  }

  private byte[] readInSmallBits(String path) throws Exception {
    try (Socket plain = new Socket()) {
      plain.setReceiveBufferSize(SMALLEST_WINDOW);
      plain.setSoTimeout(STALLED_MILLIS);
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      try (Socket socket = over(plain)) {
        OutputStream out = socket.getOutputStream();
        String request =
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return body(new DataInputStream(new SmallBits(socket.getInputStream())));
      }
    }
  }

  /** The body behind the headers, of which the chunks are put together (RFC 9112, 7.1). */
  private static byte[] body(DataInputStream in) throws IOException {
    assertThat(line(in)).startsWith("HTTP/1.1 200");
    String header = line(in);
    boolean chunked = false;
    while (!header.isEmpty()) {
      chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
      header = line(in);
    }
    assertThat(chunked).isTrue();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      byte[] chunk = new byte[size];
      in.readFully(chunk);
      body.write(chunk);
      assertThat(line(in)).isEmpty();
    }
    return body.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      assertThat(c).as("the connection ended").isNotEqualTo(-1);
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Never takes more than a few hundred bytes out of the socket. */
  private static final class SmallBits extends InputStream {
    private final InputStream in;

    SmallBits(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, Math.min(length, 200));
    }
  }
}
