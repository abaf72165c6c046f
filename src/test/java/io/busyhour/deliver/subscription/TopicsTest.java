package io.busyhour.deliver.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.EventType;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static String group(String type) {
    return type.substring(0, type.indexOf('.'));
  }

  @Test
  void names_areOfWhatHappenedOnPhoneSystems() {
    Set<String> groups = Topics.names().stream().map(TopicsTest::group).collect(Collectors.toSet());
    assertThat(groups)
        .containsExactlyInAnyOrder(
            "account",
            "alert",
            "api",
            "autoscale",
            "billing",
            "call",
            "caller_session",
            "campaign",
            "dialer",
            "dip",
            "infra",
            "job",
            "room",
            "sms",
            "trunk");
    assertThat(Topics.names())
        .isSorted()
        .contains("call.ended", "call.reaped", "sms.status", "campaign.updated")
        .contains("alert.firing", "alert.resolved")
        .doesNotContain("webhook.attempted", "twilio.balance");
  }

  /** Whoever adds a group decides whether it is one. */
  @Test
  void group_isWhollyInOrOut() {
    Set<String> others =
        Arrays.stream(EventType.values())
            .filter(type -> !Topics.has(type))
            .map(type -> group(type.wireName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(others).containsExactly("line", "livekit", "statsd", "switch", "twilio", "webhook");
  }
}
