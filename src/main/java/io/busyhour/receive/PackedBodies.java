package io.busyhour.receive;

import io.helidon.config.Config;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.spi.ContentEncodingProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Lets every door read bodies that were packed by gzip (RFC 9110, 8.4.1), which the web server
 * refuses otherwise. What is read is what was packed, so that the limits of {@link Body} hold for
 * it. Answers are not packed by this: those that are large do it themselves.
 */
public final class PackedBodies implements ContentEncodingProvider, ContentEncoding {
  private static final String GZIP = "gzip";

  /** For the service loader. */
  public PackedBodies() {
    // Nothing to set up.
  }

  @Override
  public String configKey() {
    return GZIP;
  }

  @Override
  public ContentEncoding create(Config config, String name) {
    return this;
  }

  @Override
  public Set<String> ids() {
    return Set.of(GZIP, "x-gzip");
  }

  @Override
  public boolean supportsEncoding() {
    return false;
  }

  @Override
  public boolean supportsDecoding() {
    return true;
  }

  @Override
  public ContentDecoder decoder() {
    return Unpacked::new;
  }

  @Override
  public ContentEncoder encoder() {
    throw new UnsupportedOperationException("answers are not packed");
  }

  @Override
  public String name() {
    return GZIP;
  }

  @Override
  public String type() {
    return GZIP;
  }

  /**
   * What was packed in several parts, one behind the other. The platform's class calls itself at
   * the end of each, so many parts of nothing would be too much for the stack.
   */
  private static final class Parts extends GZIPInputStream {
    private static final int BUFFER = 8192;
    private static final int MOST_OF_NOTHING = 100;

    private int depth;

    Parts(InputStream packed) throws IOException {
      super(new Unannounced(packed), BUFFER);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (depth > MOST_OF_NOTHING) {
        throw new ZipException("too many parts of nothing");
      }
      depth++;
      try {
        return super.read(bytes, offset, length);
      } finally {
        depth--;
      }
    }
  }

  /**
   * Says that there is more until it was looked for. Before JDK 23 a part that begins where nothing
   * is known to follow was not read, and what was in it was lost without a word (JDK-7036144).
   */
  private static final class Unannounced extends FilterInputStream {
    Unannounced(InputStream packed) {
      super(packed);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** Begins to unpack when it is read, so that a fault is a fault of reading. */
  private static final class Unpacked extends InputStream {
    private final InputStream packed;
    private InputStream unpacked;

    Unpacked(InputStream packed) {
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (unpacked == null) {
        unpacked = new Parts(packed);
      }
      return unpacked.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      // What unpacks has memory beside the heap.
      InputStream outer = unpacked == null ? packed : unpacked;
      outer.close();
    }
  }
}
