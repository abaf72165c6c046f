package io.busyhour.receive;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads request bodies within limits. */
public final class Body {
  // A sender that still writes when the connection is closed may never see the answer (RFC 9112,
  // 9.6), so a little of what is too much is read and thrown away; then patience ends.
  private static final long PATIENCE = 32L * 1024 * 1024;
  private static final int CHUNK = 8192;

  private Body() {}

  /**
   * Reads a body to its end.
   *
   * @param share is charged with the bytes that are kept, as they come: an announced length proves
   *     nothing
   * @throws Refusal too_large when it is longer than the limit, whether or not its length was
   *     announced; overloaded when there is no room for it
   */
  public static byte[] read(InputStream in, int limit, InFlight.Share share) {
    byte[] body;
    InFlight.Reading reading = share.reading();
    try {
      body = upTo(limit + 1, in, share);
      if (body.length > limit) {
        discard(in);
      }
    } catch (Refusal overloaded) {
      throw overloaded;
    } catch (IOException | RuntimeException e) {
      // Helidon reports a bad chunk or a lost connection by whatever its parser threw.
      throw new Refusal(
          Reason.MALFORMED_REQUEST, "The body could not be read to its end; send it again.");
    } finally {
      reading.close();
    }
    if (body.length > limit) {
      throw tooLarge("The body", limit);
    }
    return body;
  }

  private static byte[] upTo(int most, InputStream in, InFlight.Share share) throws IOException {
    byte[] buffer = new byte[0];
    int length = 0;
    int read = 0;
    while (read >= 0 && length < most) {
      if (length == buffer.length) {
        int more = Math.min(Math.max(CHUNK, length), most - length);
        takeOrDiscard(more, in, share);
        buffer = Arrays.copyOf(buffer, length + more);
      }
      read = in.read(buffer, length, buffer.length - length);
      length += Math.max(0, read);
    }
    return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
  }

  private static void takeOrDiscard(int bytes, InputStream in, InFlight.Share share)
      throws IOException {
    try {
      share.take(bytes);
    } catch (Refusal overloaded) {
      discard(in);
      throw overloaded;
    }
  }

  private static void discard(InputStream in) throws IOException {
    byte[] scrap = new byte[CHUNK];
    long left = PATIENCE;
    int read = 0;
    while (left > 0 && read >= 0) {
      read = in.read(scrap);
      left -= read;
    }
  }

  /** Says that something is larger than its limit. */
  public static Refusal tooLarge(String what, int limit) {
    return new Refusal(
        Reason.TOO_LARGE,
        "%s is longer than the %d bytes that are taken; send less at once.".formatted(what, limit));
  }

  /**
   * Checks that bytes are UTF-8, without overlong forms and surrogates (RFC 3629).
   *
   * @throws Refusal invalid_utf8 saying where they are not
   */
  public static void requireUtf8(byte[] bytes, int offset, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    CharBuffer scrap = CharBuffer.allocate(Math.min(CHUNK, length + 1));
    CoderResult result;
    do {
      scrap.clear();
      result = decoder.decode(in, scrap, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new Refusal(
          Reason.INVALID_UTF8,
          "Byte %d is not UTF-8 (RFC 3629).".formatted(in.position() - offset));
    }
  }
}
