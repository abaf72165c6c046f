package io.busyhour.deliver.send;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the beginning of an answer's body fit to be kept and shown. */
final class Excerpt {
  /** How many bytes are shown. */
  static final int BYTES = 1024;

  /** How many to hand over, so that a secret is found that begins in what is shown. */
  static final int LOOKED_AT = BYTES + 128;

  private static final String HIDDEN = "(hidden: it repeats a signature or a secret)";
  private static final int MUCH_OF_A_SECRET = 8;
  // Line breaks and tabs, what moves the cursor or the direction of writing, NUL.
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9]+");

  private Excerpt() {}

  /**
   * The beginning of a body as text of one line: bytes that are no UTF-8 replaced, what cannot be
   * seen turned into a space.
   *
   * @param secrets what it must not repeat
   * @return null for an empty body
   */
  static String of(byte[] body, int length, List<String> secrets) {
    if (length == 0) {
      return null;
    }
    String all = text(body, length);
    if (secrets.stream().anyMatch(secret -> repeats(all, secret))) {
      return HIDDEN;
    }
    String shown = length <= BYTES ? all : text(body, BYTES);
    return INVISIBLE.matcher(shown).replaceAll(" ");
  }

  private static String text(byte[] body, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer text = CharBuffer.allocate(length);
    // Not the end: a character that was cut in two is left out.
    decoder.decode(ByteBuffer.wrap(body, 0, length), text, false);
    return text.flip().toString();
  }

  /** By its runs of letters and digits, as {@code /} and {@code +} are often escaped. */
  private static boolean repeats(String text, String secret) {
    return Arrays.stream(NO_WORD.split(secret))
        .filter(part -> part.length() >= MUCH_OF_A_SECRET)
        .anyMatch(text::contains);
  }
}
