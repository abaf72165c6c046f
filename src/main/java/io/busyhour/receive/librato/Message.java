package io.busyhour.receive.librato;

import java.nio.charset.StandardCharsets;

/**
 * One message of a drain, as places in the body that it came in.
 *
 * @param from where its text begins
 * @param to where its text ends
 * @param time where its time is, as its frame says it
 * @param process where the name of its process is
 */
record Message(int from, int to, Span time, Span process) {

  /** A part of a body. */
  record Span(int from, int to) {
    static final Span NONE = new Span(0, 0);

    /** Its text, if it has no more characters than that; else null. */
    String text(byte[] body, int most) {
      return to - from > most
          ? null
          : new String(body, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }

  /** A line without a frame. */
  static Message plain(int from, int to) {
    return new Message(from, to, Span.NONE, Span.NONE);
  }
}
