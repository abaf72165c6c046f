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
   * @throws Refusal too_large when it is longer than the limit, whether or not its length was
   *     announced
   */
  public static byte[] read(InputStream in, int limit) {
    byte[] body;
    try {
      body = in.readNBytes(limit + 1);
      if (body.length > limit) {
        discard(in);
      }
    } catch (IOException | RuntimeException e) {
      // Helidon reports a bad chunk or a lost connection by whatever its parser threw.
      throw new Refusal(
          Reason.MALFORMED_REQUEST, "The body could not be read to its end; send it again.");
    }
    if (body.length > limit) {
      throw tooLarge("The body", limit);
    }
    return body;
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
