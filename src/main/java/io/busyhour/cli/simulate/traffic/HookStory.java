package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Queued;
import io.busyhour.event.WebhookEvent.Result;
import java.util.List;
import java.util.Map;

/** One webhook to a partner of an account: queued, tried, tried again, given up. */
final class HookStory {
  private static final Map<String, String> PARTNERS =
      Map.of("acme", "acme-crm", "bluebird", "bluebird-ehr");
  private static final List<String> WORKERS = List.of("hooks-1", "hooks-2", "hooks-3");
  private static final double FAILS = 0.01;
  private static final double[] PAUSES = {30, 60, 120, 240};

  private HookStory() {}

  /** The workers that deliver them. */
  static List<String> workers() {
    return WORKERS;
  }

  static void tell(Story story, double at, String account, String eventType, Dice dice) {
    String partner = PARTNERS.get(account);
    if (partner == null) {
      return;
    }
    String id = "wh_" + dice.hex(24);
    story.tell(at, new Queued(id, eventType, partner));
    // A partner that is down is down for a while: what failed once fails more easily again.
    double fails = FAILS;
    double due = at + dice.exponential(0.2);
    for (int attempt = 1; attempt <= PAUSES.length + 1; attempt++) {
      boolean delivered = !dice.chance(fails);
      boolean last = !delivered && attempt > PAUSES.length;
      Result result = delivered ? Result.DELIVERED : last ? Result.DEAD_LETTER : Result.FAILED;
      int status = delivered ? 200 : dice.pick(List.of(0, 500, 503));
      double seconds = status == 0 ? 10 : dice.logNormal(0.16, 0.6);
      due += seconds;
      story.tell(
          due,
          new Attempted(
              id,
              eventType,
              partner,
              dice.pick(WORKERS),
              attempt,
              result,
              status,
              Story.rounded(seconds, 3)));
      if (delivered || last) {
        return;
      }
      due += PAUSES[attempt - 1];
      fails = 0.2;
    }
  }
}
