package io.busyhour.receive.alertmanager;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.field.Field;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Batch;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A notification of Alertmanager (its webhook's version 4): the alerts of a group. */
final class Notification {
  private final List<Function<Instant, Delivery>> alerts;

  private Notification(List<Function<Instant, Delivery>> alerts) {
    this.alerts = alerts;
  }

  private record Read(Map<String, Object> alert, Refusal refusal) {}

  /**
   * Reads a body.
   *
   * @param maxBytes the longest alert that is taken
   * @throws Refusal where nothing of it can be read
   */
  static Notification read(byte[] body, int maxBytes) {
    try (JsonReader json = new JsonReader(body, 0, body.length, maxBytes)) {
      List<Read> read = new ArrayList<>();
      Map<String, Object> around =
          json.objectWith(
              "alerts",
              alert -> read.add(new Read(alert, null)),
              refusal -> read.add(new Read(null, refusal)));
      if (around.containsKey("alerts")) {
        throw new Refusal(Reason.WRONG_TYPE, "alerts is no list.");
      }
      if (read.isEmpty() && !around.containsKey("groupKey")) {
        throw new Refusal(Reason.MISSING_FIELD, "A notification needs alerts.");
      }
      String receiver = receiver(around.get("receiver"));
      return new Notification(read.stream().map(one -> reader(one, receiver)).toList());
    }
  }

  private static Function<Instant, Delivery> reader(Read one, String receiver) {
    if (one.refusal == null) {
      return new Alert(one.alert, receiver)::delivery;
    }
    return receipt -> {
      throw one.refusal;
    };
  }

  /** It only says what Alertmanager calls us: one that cannot be kept is left out. */
  private static String receiver(Object sent) {
    return sent instanceof String text
            && !text.isEmpty()
            && text.length() <= EventKey.MAX_LENGTH
            && Field.isPlain(text)
        ? text
        : null;
  }

  /** Whether there is one alert only: its refusal is that of the notification. */
  boolean isOfOne() {
    return alerts.size() == 1;
  }

  /** What the alerts stand for; the first bad one is an end of it. */
  List<Delivery> deliveries(Instant receipt) {
    return alerts.stream().map(alert -> alert.apply(receipt)).toList();
  }

  /** What the alerts stand for; a bad one costs itself. */
  Batch batch(Receiver receiver) {
    Batch batch = new Batch(receiver);
    Instant receipt = receiver.now();
    alerts.forEach(alert -> batch.add(Alert.SOURCE, () -> alert.apply(receipt)));
    return batch;
  }
}
