package io.busyhour.receive.librato;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Scans a line for pairs of key and value as kr/logfmt does, which l2met reads by: a word is of any
 * bytes above the space but quotes and equals signs, a value ends where a word does, so that {@code
 * a=b=c} is a with the value b, and the key c.
 */
final class Logfmt {
  private static final JsonFactory JSON = new JsonFactory();

  /** Takes the pairs in their order. */
  interface Pairs {
    /**
     * One pair.
     *
     * @param line where the key is
     * @param values where the value is: the line, unless the value had escapes
     * @param valueFrom where it begins; a key alone has an empty value
     */
    void pair(byte[] line, int keyFrom, int keyTo, byte[] values, int valueFrom, int valueTo);
  }

  private final byte[] line;
  private final int end;
  private final Pairs pairs;
  private int at;

  private Logfmt(byte[] line, int from, int end, Pairs pairs) {
    this.line = line;
    this.at = from;
    this.end = end;
    this.pairs = pairs;
  }

  /**
   * Scans a part of an array.
   *
   * @return whether it is good; if not, what was found in it is not to be believed either
   */
  static boolean scan(byte[] line, int from, int end, Pairs pairs) {
    return new Logfmt(line, from, end, pairs).scan();
  }

  private boolean scan() {
    boolean good = true;
    while (at < end) {
      if (isWord(line[at])) {
        good &= pair();
      } else {
        at++;
      }
    }
    return good;
  }

  private boolean pair() {
    int key = at;
    skipWord();
    int keyEnd = at;
    if (at == end || line[at] != '=') {
      pairs.pair(line, key, keyEnd, line, keyEnd, keyEnd);
      return true;
    }
    at++;
    if (at < end && line[at] == '"') {
      return quoted(key, keyEnd);
    }
    int value = at;
    skipWord();
    pairs.pair(line, key, keyEnd, line, value, at);
    at++; // what ended the value is neither a key nor the beginning of a quoted value
    return true;
  }

  private void skipWord() {
    while (at < end && isWord(line[at])) {
      at++;
    }
  }

  private boolean quoted(int key, int keyEnd) {
    int quote = at++;
    boolean escapes = false;
    while (at < end && line[at] != '"') {
      boolean escape = line[at] == '\\';
      escapes |= escape;
      at += escape ? 2 : 1;
    }
    if (at >= end) {
      at = end;
      // What it would be the value of may be a measurement.
      pairs.pair(line, key, keyEnd, line, end, end);
      return false;
    }
    at++;
    if (!escapes) {
      pairs.pair(line, key, keyEnd, line, quote + 1, at - 1);
      return true;
    }
    byte[] value = unescaped(quote, at);
    pairs.pair(line, key, keyEnd, value, 0, value.length);
    return value.length > 0;
  }

  /** The text between quotes; nothing if an escape is wrong, as an escape stands for something. */
  private byte[] unescaped(int from, int to) {
    String quoted = new String(line, from, to - from, StandardCharsets.UTF_8);
    try (JsonParser json = JSON.createParser(quoted)) {
      String text = json.nextTextValue();
      return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Bytes of other alphabets are negative. */
  private static boolean isWord(byte sign) {
    return (sign > ' ' || sign < 0) && sign != '"' && sign != '=';
  }
}
