package io.busyhour.receive.kamailio;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Batch;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receipt;
import io.busyhour.receive.Receiver;
import java.util.function.Supplier;

/**
 * The records of one request. What they are written in is seen from their first byte: libcurl, and
 * so Kamailio, sends JSON as a form if nobody says otherwise.
 */
final class SentRecords {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final byte[] bytes;
  private final Records records;
  private final int maxBytes;
  private final int start;

  /**
   * A body.
   *
   * @param records what reads them
   * @param maxBytes the longest record that is taken
   */
  SentRecords(byte[] bytes, Records records, int maxBytes) {
    this.bytes = bytes;
    this.records = records;
    this.maxBytes = maxBytes;
    this.start = start(bytes);
  }

  private static int start(byte[] bytes) {
    int at = 0;
    while (at < BYTE_ORDER_MARK.length && at < bytes.length && bytes[at] == BYTE_ORDER_MARK[at]) {
      at++;
    }
    return skipBlank(bytes, at == BYTE_ORDER_MARK.length ? at : 0, bytes.length);
  }

  private static int skipBlank(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
      at++;
    }
    return at;
  }

  /**
   * Reads all of it; what is returned stores it.
   *
   * @throws Refusal where nothing of it can be read
   */
  Supplier<Receipt> read(Receiver receiver) {
    if (start == bytes.length) {
      throw new Refusal(Reason.MISSING_FIELD, "The body is empty (expected: records).");
    }
    if (bytes[start] == '[') {
      return array(receiver);
    }
    return bytes[start] == '{' && !isObjectPerLine() ? one(receiver) : lines(receiver);
  }

  private Supplier<Receipt> one(Receiver receiver) {
    try (JsonReader json = json()) {
      Delivery delivery = records.delivery(json.object());
      json.end();
      return () -> Receipt.of(receiver.store(delivery));
    }
  }

  private Supplier<Receipt> array(Receiver receiver) {
    Batch batch = new Batch(receiver);
    try (JsonReader json = json()) {
      json.elements(
          fields -> batch.add(Records.SOURCE, () -> records.delivery(fields)),
          refusal -> batch.reject(Records.SOURCE, refusal));
    }
    return batch::store;
  }

  private JsonReader json() {
    return JsonReader.lenient(bytes, start, bytes.length - start, maxBytes);
  }

  /** Whether the first line is a whole object and something follows it. */
  private boolean isObjectPerLine() {
    int end = endOfLine(start);
    int last = end - 1;
    while (bytes[last] == ' ' || bytes[last] == '\r') {
      last--;
    }
    return bytes[last] == '}' && skipBlank(bytes, end, bytes.length) < bytes.length;
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** The index of a record is that of its line. */
  private Supplier<Receipt> lines(Receiver receiver) {
    Batch batch = new Batch(receiver);
    int from = start;
    while (from < bytes.length) {
      int offset = from;
      int end = endOfLine(from);
      if (skipBlank(bytes, from, end) == end) {
        batch.skip();
      } else {
        batch.add(Records.SOURCE, () -> records.delivery(Line.fields(bytes, offset, end - offset)));
      }
      from = end + 1;
    }
    return batch::store;
  }
}
