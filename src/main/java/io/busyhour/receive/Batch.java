package io.busyhour.receive;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.journal.Journal.Appended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one request of several events is made of: the good ones are stored together, the bad ones
 * cost themselves. Not for several threads.
 */
public final class Batch {
  /** The most events in a request: a bad one is answered with more bytes than it has. */
  public static final int MAX_EVENTS = 100_000;

  private final Receiver receiver;
  private final List<Delivery> good = new ArrayList<>();
  private final List<Receipt.Rejected> bad = new ArrayList<>();
  private final Map<Refused, Long> refused = new HashMap<>();
  private int index;

  private record Refused(String source, Reason reason) {}

  /** An empty one, to be stored through this receiver. */
  public Batch(Receiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Reads the next event.
   *
   * @param source whom it is counted for if it is refused
   * @param reading gives it, or refuses it
   * @throws Refusal too_large when there are too many
   */
  public void add(String source, Supplier<Delivery> reading) {
    Delivery delivery;
    try {
      delivery = reading.get();
    } catch (Refusal refusal) {
      reject(source, refusal);
      return;
    }
    good.add(delivery);
    next();
  }

  /** The next event is refused. */
  public void reject(String source, Refusal refusal) {
    bad.add(new Receipt.Rejected(index, refusal));
    refused.merge(new Refused(source, refusal.reason()), 1L, Long::sum);
    next();
  }

  /** There is no event in the next place, such as an empty line; the place is counted. */
  public void skip() {
    index++;
  }

  private void next() {
    index++;
    if (good.size() + bad.size() > MAX_EVENTS) {
      throw new Refusal(
          Reason.TOO_LARGE,
          "There are more than the %d events that are taken at once.".formatted(MAX_EVENTS));
    }
  }

  /** Stores the good ones at once and counts the bad ones. */
  public Receipt store() {
    refused.forEach((r, count) -> receiver.count(r.source, r.reason, count));
    List<Appended> appended = receiver.store(good);
    int duplicates = (int) appended.stream().filter(a -> a == Appended.DUPLICATE).count();
    return new Receipt(appended.size() - duplicates, duplicates, bad);
  }
}
