package io.busyhour.receive.cloudevents;

import io.busyhour.http.Refusal;
import io.busyhour.receive.Batch;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receipt;
import io.busyhour.receive.Receiver;
import java.time.Instant;
import java.util.Map;

/** Reads the events of one request, from an array or one on each line. */
final class EventBatch {
  private final Batch batch;
  private final int maxBytes;
  private final Instant receipt;

  EventBatch(Receiver receiver, int maxBytes) {
    this.batch = new Batch(receiver);
    this.maxBytes = maxBytes;
    this.receipt = receiver.now();
  }

  /**
   * Reads the elements of an array, which the reader stands at.
   *
   * @throws Refusal when the document is broken: then none of it is taken
   */
  void readArray(JsonReader json) {
    json.elements(this::add, refusal -> batch.reject(CloudEvent.UNKNOWN_SOURCE, refusal));
  }

  /** Reads one event on each line that is not blank; the index of an event is that of its line. */
  void readLines(byte[] body) {
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (isBlank(body, start, end)) {
        batch.skip();
      } else {
        readLine(body, start, end - start);
      }
      start = end + 1;
    }
  }

  private static boolean isBlank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void readLine(byte[] body, int offset, int length) {
    Map<String, Object> attributes;
    try {
      attributes = JsonReader.object(body, offset, length, maxBytes);
    } catch (Refusal refusal) {
      batch.reject(CloudEvent.UNKNOWN_SOURCE, refusal);
      return;
    }
    add(attributes);
  }

  private void add(Map<String, Object> attributes) {
    CloudEvent event = new CloudEvent(attributes);
    batch.add(event.source(), () -> event.delivery(receipt));
  }

  Receipt store() {
    return batch.store();
  }
}
