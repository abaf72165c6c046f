package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.MessageEvent.Sent;
import io.busyhour.event.MessageEvent.Status;
import io.busyhour.event.MessageEvent.StatusChanged;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.util.List;

/** One text message from its sending to its last status. */
final class MessageStory {
  private static final List<String> CARRIERS = List.of("elmcell", "firmobile", "groveline");
  private static final List<String> UNDELIVERED = List.of("30003", "30005", "30006", "30007");

  private static final double HOOKED = 0.5;

  private MessageStory() {}

  /** What happens to a message of this campaign. */
  static List<Occurrence> of(Campaign campaign, Instant beginning, Dice dice) {
    Story story = new Story(beginning);
    String id = "SM" + dice.hex(32);
    String carrier = dice.pick(CARRIERS);
    int segments = 1 + dice.below(3);
    boolean reply = dice.chance(0.12);
    String ours = Numbers.ofAccount(campaign.account(), dice);
    String theirs = Numbers.somebody(dice);
    story.tell(
        0,
        new Sent(
            id,
            campaign.account(),
            campaign.id(),
            campaign.account() + "-brand",
            carrier,
            reply ? Direction.INBOUND : Direction.OUTBOUND,
            segments,
            reply ? theirs : ours,
            reply ? ours : theirs));
    if (!reply) {
      PlatformStory.request(story, 0, campaign.account(), "POST", "/v2/messages", dice);
      progress(story, id, carrier, dice);
      double rated = dice.logNormal(2, 0.5);
      story.tell(rated, Tariff.message(campaign.account(), segments));
      if (dice.chance(HOOKED)) {
        HookStory.tell(story, rated, campaign.account(), "sms.status", dice);
      }
    }
    return story.occurrences();
  }

  private static void progress(Story story, String id, String carrier, Dice dice) {
    double sent = dice.logNormal(0.4, 0.5);
    if (dice.chance(0.003)) {
      // 30008: nobody knows why.
      story.tell(sent, new StatusChanged(id, Status.FAILED, "30008", carrier));
      return;
    }
    story.tell(sent, new StatusChanged(id, Status.SENT, null, carrier));
    double arrived = sent + dice.logNormal(2.5, 0.9);
    if (dice.chance(0.015)) {
      String code = dice.pick(UNDELIVERED);
      story.tell(arrived, new StatusChanged(id, Status.UNDELIVERED, code, carrier));
    } else {
      story.tell(arrived, new StatusChanged(id, Status.DELIVERED, null, carrier));
    }
  }
}
