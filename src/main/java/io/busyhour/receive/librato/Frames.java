package io.busyhour.receive.librato;

import io.busyhour.receive.librato.Message.Span;

/**
 * Messages in logplex's frames: {@code LEN <PRI>1 TIMESTAMP HOST APP PROCID MSGID MSG}, where LEN
 * counts the bytes behind its space (RFC 6587, 3.4.1) and there is no structured data, unlike in
 * RFC 5424. A frame of a wrong length costs itself: what follows is found again by the next
 * beginning of a frame, and is lost where there is none.
 */
final class Frames implements Messages {
  private static final int MOST_LENGTH_DIGITS = 7;
  private static final int MOST_PRIORITY_DIGITS = 3;

  /** Time, host, application, process and message id. */
  private static final int FIELDS = 5;

  private static final int PROCESS = 3;

  /** Few, so that a body of blanks is not read again and again. */
  private static final int MOST_BLANKS = 8;

  private final byte[] body;
  private int at;
  private int broken;

  Frames(byte[] body) {
    this.body = body;
  }

  @Override
  public int broken() {
    return broken;
  }

  @Override
  public Message next() {
    Message found = null;
    at = afterBlanks(at);
    while (found == null && at < body.length) {
      found = frame();
      at = afterBlanks(at);
    }
    return found;
  }

  /** The frame that begins here, or null if none does; goes on to where the next one may be. */
  private Message frame() {
    int content = content(at);
    if (content < 0) {
      broken++;
      at = beginning(at + 1);
      return null;
    }
    int end = content + length(at, content - 1);
    if (isBoundary(end)) {
      at = end;
      Message message = message(content, end);
      broken += message == null ? 1 : 0;
      return message;
    }
    int fitting = beginningOfLength(at, content - 1);
    if (fitting > at) {
      broken++;
      at = fitting;
      return frame();
    }
    // The length is wrong. If it is too small, there is that much of a message at least; if it is
    // too large, nobody knows what it would be a part of.
    broken++;
    at = beginning(content + 1);
    return end < at ? message(content, end) : null;
  }

  /** The message of a frame, or null if there are too few fields. */
  private Message message(int content, int end) {
    int begin = skip(content, end, (byte) ' ') + 1;
    Span time = Span.NONE;
    Span process = Span.NONE;
    for (int field = 0; field < FIELDS; field++) {
      int stop = skip(begin, end, (byte) ' ');
      if (stop >= end && field < FIELDS - 1) {
        return null;
      }
      if (field == 0) {
        time = new Span(begin, stop);
      } else if (field == PROCESS) {
        process = new Span(begin, stop);
      }
      begin = Math.min(end, stop + 1);
    }
    return new Message(begin, end, time, process);
  }

  /** Where a sign is, or the end. */
  private int skip(int from, int end, byte sign) {
    int i = from;
    while (i < end && body[i] != sign) {
      i++;
    }
    return i;
  }

  /** Whether a frame can end there: the body does, or another one begins. */
  private boolean isBoundary(int end) {
    int next = end;
    while (next < body.length && next < end + MOST_BLANKS && isBlank(body[next])) {
      next++;
    }
    return end <= body.length && (next == body.length || content(next) >= 0);
  }

  /** Some senders end a frame with a line's end that they do not count. */
  private int afterBlanks(int from) {
    int i = from;
    while (i < body.length && isBlank(body[i])) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte sign) {
    return sign == '\n' || sign == '\r' || sign == ' ';
  }

  /** Where the content of a frame is that begins here; -1 if none does. */
  private int content(int from) {
    int space = afterDigits(from, MOST_LENGTH_DIGITS);
    if (space == from || !is(space, ' ') || !is(space + 1, '<')) {
      return -1;
    }
    int close = afterDigits(space + 2, MOST_PRIORITY_DIGITS);
    boolean begins =
        close > space + 2 && is(close, '>') && is(close + 1, '1') && is(close + 2, ' ');
    return begins ? space + 1 : -1;
  }

  private int afterDigits(int from, int most) {
    int i = from;
    while (i < from + most && i < body.length && isDigit(body[i])) {
      i++;
    }
    return i;
  }

  private boolean is(int place, char sign) {
    return place < body.length && body[place] == sign;
  }

  private int length(int from, int to) {
    int length = 0;
    for (int i = from; i < to; i++) {
      length = 10 * length + body[i] - '0';
    }
    return length;
  }

  /** Where the next frame begins at or after a place; the body's end if nowhere. */
  private int beginning(int from) {
    for (int i = from + 2; i < body.length; i++) {
      if (body[i] == '<' && body[i - 1] == ' ' && isDigit(body[i - 2])) {
        int begin = beginningOfLength(from, i - 1);
        if (content(begin) == i) {
          return begin;
        }
      }
    }
    return body.length;
  }

  /** Where the length before a space begins; digits before it may belong to what is broken. */
  private int beginningOfLength(int from, int space) {
    int first = space;
    while (first > from && first > space - MOST_LENGTH_DIGITS && isDigit(body[first - 1])) {
      first--;
    }
    for (int begin = first; begin < space; begin++) {
      if (isBoundary(space + 1 + length(begin, space))) {
        return begin;
      }
    }
    return first;
  }

  private static boolean isDigit(byte sign) {
    return sign >= '0' && sign <= '9';
  }
}
