package io.busyhour.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveSettingsTest {
  @Test
  void faults_areAllSaidAtOnce() {
    assertThatThrownBy(() -> new ReceiveSettings(0, -1, Optional.of("ftp://x:secret@y"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("busyhour.receive.max-bytes: \"0\" (expected: 1KiB to 256MiB)")
        .hasMessageContaining("busyhour.receive.max-batch-bytes: \"-1\"")
        .hasMessageContaining("busyhour.public-url: (expected: ")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics.example.org", "https://", "https://h/?q=1", "https://h/#f", "::"})
  void publicUrl_noBase_isRefused(String url) {
    assertThatThrownBy(() -> new ReceiveSettings(2048, 2048, Optional.of(url), false))
        .hasMessageStartingWith("busyhour.public-url: (expected: ");
  }

  @Test
  void publicUrl_endsWithoutSlash() {
    ReceiveSettings settings =
        new ReceiveSettings(2048, 2048, Optional.of("https://h:8443/p/"), false);
    assertThat(settings.publicUrl()).hasValue("https://h:8443/p");
  }
}
