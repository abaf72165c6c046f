package io.busyhour.projection.windows;

import io.busyhour.event.CallbackEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Ratio;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Success of each Twilio account's calls and delivery of its messages, by final callbacks. */
final class TwilioWindow implements Window {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Map<String, Duration> SHOWN =
      Map.of("5m", Duration.ofMinutes(5), "1h", Duration.ofHours(1));
  private static final Set<String> FINAL_CALL =
      Set.of("completed", "busy", "failed", "no-answer", "canceled");
  private static final Set<String> FINAL_MESSAGE = Set.of("delivered", "undelivered", "failed");
  private static final int ALL = 0;
  private static final int GOOD = 1;

  private final SlidingWindow calls;
  private final SlidingWindow messages;
  private final Clock clock;

  TwilioWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    calls = new SlidingWindow("twilio_calls", Duration.ofHours(1), STEP, 2, limit);
    messages = new SlidingWindow("twilio_messages", Duration.ofHours(1), STEP, 2, limit);
    String name = "twilio_call_success_ratio";
    String help = "Completed of the calls that reached a final state, 0..1.";
    meters.computed(Set.of(name, name + "_samples"), () -> ratio(name, help, calls).both());
    String delivery = "twilio_message_delivery_ratio";
    String about = "Delivered of the messages that reached a final state, 0..1.";
    meters.computed(
        Set.of(delivery, delivery + "_samples"), () -> ratio(delivery, about, messages).both());
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(calls, messages);
  }

  @Override
  public void on(Occurrence occurrence, Instant now, WindowStore store) {
    Instant at = occurrence.time();
    switch (occurrence.event()) {
      case CallbackEvent.TwilioCall e when FINAL_CALL.contains(e.status()) ->
          add(calls, e.account(), at, now, e.status().equals("completed"), store);
      case CallbackEvent.TwilioMessage e when FINAL_MESSAGE.contains(e.status()) ->
          add(messages, e.account(), at, now, e.status().equals("delivered"), store);
      default -> {
        // No final state of Twilio's.
      }
    }
  }

  private static void add(
      SlidingWindow window,
      String account,
      Instant at,
      Instant now,
      boolean good,
      WindowStore store) {
    store.move(window, null, Placed.at(at, Sample.counts(1, good ? 1 : 0), account), now);
  }

  private Ratio ratio(String name, String help, SlidingWindow window) {
    Ratio ratio = new Ratio(name, help);
    ratio.addShares(window, clock.instant(), SHOWN, "account", GOOD, ALL);
    return ratio;
  }
}
