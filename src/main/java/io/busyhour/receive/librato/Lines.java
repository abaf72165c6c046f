package io.busyhour.receive.librato;

/** Messages that are lines of text. */
final class Lines implements Messages {
  private final byte[] body;
  private int at;

  Lines(byte[] body) {
    this.body = body;
  }

  @Override
  public Message next() {
    if (at >= body.length) {
      return null;
    }
    int from = at;
    while (at < body.length && body[at] != '\n') {
      at++;
    }
    return Message.plain(from, at++);
  }

  @Override
  public int broken() {
    return 0;
  }
}
