package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.deliver.subscription.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String PUBLISHED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static Secret old(Instant until) {
    return new Secret(Senders.OLD_SECRET, until);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_" + KEY, KEY})
  void vector_published(String secret) {
    assertThat(Signature.of(List.of(new Secret(secret, null)), ID, NOW.plusMillis(999), BODY))
        .isEqualTo(PUBLISHED);
  }

  @Test
  void secret_thatIsValidStill_signsToo_theNewestFirst() {
    Secret current = new Secret("whsec_" + KEY, null);
    String both = Signature.of(List.of(current, old(NOW.plusNanos(1))), ID, NOW, BODY);
    assertThat(both).startsWith(PUBLISHED + " v1,").hasSize(2 * PUBLISHED.length() + 1);
    assertThat(Signature.of(List.of(current, old(NOW)), ID, NOW, BODY)).isEqualTo(PUBLISHED);
    assertThat(Signature.of(List.of(old(NOW)), ID, NOW, BODY)).isEmpty();
  }

  @Test
  void secret_withoutPadding_isAKey() {
    assertThat(Signature.of(List.of(new Secret("whsec_YQ", null)), ID, NOW, BODY))
        .isEqualTo(Signature.of(List.of(new Secret("whsec_YQ==", null)), ID, NOW, BODY));
  }

  @Test
  void secret_thatIsNoBase64_isNone() {
    assertThatThrownBy(() -> Signature.of(List.of(new Secret("whsec_?", null)), ID, NOW, BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
