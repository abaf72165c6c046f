package io.busyhour.receive.cloudevents;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.journal.Journal.Appended;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of one request: the good ones are stored together, the bad ones cost themselves. */
final class Batch {
  /** The most events in a request: a bad one is answered with more bytes than it has. */
  static final int MAX_EVENTS = 100_000;

  private final Receiver receiver;
  private final int maxBytes;
  private final Instant receipt;
  private final List<Delivery> good = new ArrayList<>();
  private final List<Receipt.Rejected> bad = new ArrayList<>();
  private final Map<Refused, Long> refused = new HashMap<>();
  private int index;

  private record Refused(String source, Reason reason) {}

  Batch(Receiver receiver, int maxBytes) {
    this.receiver = receiver;
    this.maxBytes = maxBytes;
    this.receipt = receiver.now();
  }

  /**
   * Reads the elements of an array, which the reader stands at.
   *
   * @throws Refusal when the document is broken: then none of it is taken
   */
  void readArray(JsonReader json) {
    while (json.nextElement()) {
      add(json);
    }
    json.end();
  }

  private void add(JsonReader json) {
    Map<String, Object> attributes;
    try {
      attributes = json.object();
    } catch (Refusal refusal) {
      if (json.isBroken()) {
        throw refusal;
      }
      reject(CloudEvent.UNKNOWN_SOURCE, refusal);
      return;
    }
    add(attributes);
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
        index++;
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
      reject(CloudEvent.UNKNOWN_SOURCE, refusal);
      return;
    }
    add(attributes);
  }

  private void add(Map<String, Object> attributes) {
    CloudEvent event = new CloudEvent(attributes);
    try {
      good.add(event.delivery(receipt));
      nextIndex();
    } catch (Refusal refusal) {
      reject(event.source(), refusal);
    }
  }

  private void reject(String source, Refusal refusal) {
    bad.add(new Receipt.Rejected(index, refusal));
    refused.merge(new Refused(source, refusal.reason()), 1L, Long::sum);
    nextIndex();
  }

  private void nextIndex() {
    index++;
    if (good.size() + bad.size() > MAX_EVENTS) {
      throw new Refusal(
          Reason.TOO_LARGE,
          "There are more than the %d events that are taken at once.".formatted(MAX_EVENTS));
    }
  }

  /** Stores the good ones at once and counts the bad ones. */
  Receipt store() {
    refused.forEach((r, count) -> receiver.count(r.source, r.reason, count));
    List<Appended> appended = receiver.store(good);
    int duplicates = (int) appended.stream().filter(a -> a == Appended.DUPLICATE).count();
    return new Receipt(appended.size() - duplicates, duplicates, bad);
  }
}
