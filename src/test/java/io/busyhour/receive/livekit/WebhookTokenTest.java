package io.busyhour.receive.livekit;

import static io.busyhour.receive.livekit.LivekitSigner.HEADER;
import static io.busyhour.receive.livekit.LivekitSigner.KEY;
import static io.busyhour.receive.livekit.LivekitSigner.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.DoorServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTokenTest {
  private static final Map<String, List<String>> KEYS = Map.of(KEY, List.of("older", SECRET));
  private static final Instant NOW = DoorServer.NOW;
  private static final String CLAIMS = LivekitSigner.claims(KEY, "hash", NOW, 300);

  private static void check(String token, Instant now) {
    WebhookToken.check(token, KEYS, now);
  }

  private static void assertRefused(String token, Instant now) {
    assertThatThrownBy(() -> check(token, now))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNAUTHORIZED));
  }

  /** LiveKit's own token lasts five minutes; the clocks may differ by one. */
  @ParameterizedTest
  @CsvSource({"-60, true", "-61, false", "0, true", "359, true", "360, false"})
  void token_isGoodForAWhile(long second, boolean good) {
    String token = LivekitSigner.jwt(HEADER, CLAIMS, SECRET);
    if (good) {
      check(token, NOW.plusSeconds(second));
    } else {
      assertRefused(token, NOW.plusSeconds(second));
    }
  }

  @Test
  void secret_olderOrNewer_isGood() {
    check(LivekitSigner.jwt(HEADER, CLAIMS, "older"), NOW);
    assertRefused(LivekitSigner.jwt(HEADER, CLAIMS, "oldest"), NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"HS384\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":[\"HS256\"]}",
        "{}",
        "[]",
        "HS256",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}"
      })
  void header_ofAnotherAlgorithm_isRefused(String header) {
    assertRefused(LivekitSigner.jwt(header, CLAIMS, SECRET), NOW);
  }

  @Test
  void signature_ofNothing_isRefused() {
    String token = LivekitSigner.jwt("{\"alg\":\"none\"}", CLAIMS, SECRET);
    assertRefused(token.substring(0, token.lastIndexOf('.') + 1), NOW);
    String signed = LivekitSigner.jwt(HEADER, CLAIMS, SECRET);
    assertRefused(signed.substring(0, signed.lastIndexOf('.') + 1), NOW);
    assertRefused(signed.substring(0, signed.lastIndexOf('.')), NOW);
    assertRefused(signed + ".", NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"iss\":\"abcdefg\",\"sha256\":\"hash\"}",
        "{\"iss\":\"abcdefg\",\"sha256\":\"hash\",\"exp\":\"1795161700\"}",
        "{\"iss\":\"abcdefg\",\"sha256\":\"hash\",\"exp\":null}",
        "{\"iss\":\"abcdefg\",\"sha256\":\"hash\",\"exp\":1795161700,\"nbf\":\"now\"}",
        "{\"iss\":\"abcdefg\",\"exp\":1795161700}",
        "{\"iss\":[\"abcdefg\"],\"sha256\":\"hash\",\"exp\":1795161700}",
        "{\"sha256\":\"hash\",\"exp\":1795161700}"
      })
  void claims_thatAreNotAll_areRefused(String claims) {
    assertRefused(LivekitSigner.jwt(HEADER, claims, SECRET), NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "Bearer ", "Basic YTpi", "a.b", "..", "a.b.c.d", "%.%.%"})
  void header_thatHoldsNoToken_isRefused(String header) {
    assertRefused(header, NOW);
    assertRefused(null, NOW);
  }

  @Test
  void token_tooLong_isRefused() {
    String claims = CLAIMS.replace("\"sub\":\"\"", "\"sub\":\"" + "x".repeat(5000) + "\"");
    assertRefused(LivekitSigner.jwt(HEADER, claims, SECRET), NOW);
  }

  @Test
  void settings_sayNoSecret() {
    assertThat(DoorServer.LIVEKIT.toString()).doesNotContain("abab").contains("2 keys");
    assertThatThrownBy(() -> LivekitSettings.keys("key:secret,onlykey"))
        .hasMessageNotContaining("onlykey");
    assertThat(LivekitSettings.keys("a:b:c , d: e"))
        .isEqualTo(Map.of("a", List.of("b:c"), "d", List.of("e")));
  }
}
