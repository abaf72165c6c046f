package io.busyhour.cli.send;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The events of a file, one after the other in constant memory: one JSON object a line, or one JSON
 * array. An event is passed on as it stands; whether it is good is the server's to say.
 */
public final class EventFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 1 << 16;

  /**
   * One event.
   *
   * @param line where it begins in the file, from 1
   * @param json its text without a line break
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // bytes as they stood, good UTF-8 or not; never compared
  record Line(long line, byte[] json) {}

  private interface Reader {
    Line next() throws IOException;
  }

  private final long size;
  private final Counting input;
  private final Reader reader;

  private EventFile(long size, Counting input) throws IOException {
    this.size = size;
    this.input = input;
    BufferedInputStream buffered = new BufferedInputStream(input, BUFFER);
    this.reader = beginsWithArray(buffered) ? array(buffered) : lines(buffered);
  }

  /** Opens a file. */
  public static EventFile open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return new EventFile(Files.size(file), new Counting(raw));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The next event, or null after the last. */
  Line next() throws IOException {
    return reader.next();
  }

  /** How much of the file was read, 0 to 1. */
  double read() {
    return size == 0 ? 1 : Math.min(1, input.count / (double) size);
  }

  private static boolean beginsWithArray(InputStream input) throws IOException {
    input.mark(BUFFER);
    int c = input.read();
    for (int i = 0; i < BUFFER - 1 && (isBlank(c) || isByteOrderMark(c)); i++) {
      c = input.read();
    }
    input.reset();
    return c == '[';
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isByteOrderMark(int c) {
    return c == 0xEF || c == 0xBB || c == 0xBF;
  }

  private static Reader lines(InputStream input) {
    return new Reader() {
      private long number;

      @Override
      public Line next() throws IOException {
        while (true) {
          ByteArrayOutputStream line = new ByteArrayOutputStream();
          int c = input.read();
          boolean atEnd = c < 0;
          boolean blank = true;
          for (; c >= 0 && c != '\n'; c = input.read()) {
            blank &= isBlank(c);
            line.write(c);
          }
          number++;
          if (!blank) {
            return new Line(number, line.toByteArray());
          }
          if (atEnd) {
            return null;
          }
        }
      }
    };
  }

  private static Reader array(InputStream input) throws IOException {
    JsonParser parser = JSON.getFactory().createParser(input);
    parser.nextToken();
    return () -> {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        return null;
      }
      long line = parser.currentTokenLocation().getLineNr();
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      try (JsonGenerator generator = JSON.getFactory().createGenerator(json)) {
        // Numbers keep their digits: money must not pass through binary floating point.
        generator.copyCurrentStructureExact(parser);
      }
      return new Line(line, json.toByteArray());
    };
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** Counts the bytes that were read. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = in.read();
      count += c < 0 ? 0 : 1;
      return c;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
