package io.busyhour.receive.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.busyhour.receive.livekit.RoomPattern.Found;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomPatternTest {
  @ParameterizedTest
  @CsvSource({
    "campaign-C123__lead-L456__1795161600, C123",
    "campaign-a_b-c__lead-1, a_b-c",
    "sip-3035550123__1795161600__x7, ",
    "call-_+14155550143_q9Zx, ",
    "campaign-__lead-1, ",
    ","
  })
  void standard_findsTheCampaign(String name, String campaign) {
    RoomPattern standard = RoomPattern.parse(RoomPattern.STANDARD);
    assertThat(standard.find(name)).isEqualTo(new Found(campaign, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?P<user_id>u[0-9]+)\\.(?P<campaign_id>.*)",
        "(?<user_id>u1)\\.(?<campaign_id>x)?"
      })
  void own_findsBoth(String expression) {
    RoomPattern own = RoomPattern.parse(expression);
    assertThat(own.find("u1.x")).isEqualTo(new Found("x", "u1"));
    assertThat(own.find("u1.")).isEqualTo(new Found(null, "u1"));
    assertThat(own.find("x.u1.x")).isEqualTo(Found.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"campaign-(.+)", "(?P<campaign>.+)", "(?P<campaign_id>", "(?=x)", "x"})
  void expression_thatFindsNothing_isRefused(String expression) {
    assertThatThrownBy(() -> RoomPattern.parse(expression))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void expression_thatWouldTakeForever_doesNot() {
    RoomPattern evil = RoomPattern.parse("(?P<user_id>(a+)+)+b");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(evil.find("a".repeat(256))).isEqualTo(Found.NOTHING));
  }
}
