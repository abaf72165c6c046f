package io.busyhour.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.http.Tokens.Holder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
  /** The SHA-256 of "abc", from FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void parse_goodLines_areHeld() {
    Tokens tokens = Tokens.parse(List.of("# who sends", "", "  pbx\tingest,read  " + ABC + " "));
    assertThat(tokens.isEmpty()).isFalse();
    assertThat(tokens.holder("abc")).hasValue(new Holder("pbx", Set.of(Role.INGEST, Role.READ)));
    assertThat(tokens.holder("abd")).isEmpty();
    assertThat(tokens.holder("")).isEmpty();
    assertThat(tokens.holder(ABC)).isEmpty();
  }

  @Test
  void parse_onlyComments_isEmpty() {
    assertThat(Tokens.parse(List.of("# nobody")).isEmpty()).isTrue();
    assertThat(Tokens.none().isEmpty()).isTrue();
  }

  @Test
  void parse_faults_areAllSaidWithoutSecrets() {
    String secret = "a-secret-that-somebody-put-in-the-wrong-place";
    assertThatThrownBy(
            () ->
                Tokens.parse(
                    List.of(
                        "pbx ingest " + ABC,
                        "pbx read " + ABC,
                        secret,
                        "x " + secret + " " + ABC,
                        "y ingest,cook " + secret,
                        "z ingest " + ABC.toUpperCase(java.util.Locale.ROOT))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2: name: \"pbx\" (expected: each name once)")
        .hasMessageContaining("line 3: 1 words (expected: name role[,role] hash)")
        .hasMessageContaining("line 4: role: a word of 45 characters")
        .hasMessageContaining("line 5: role: \"cook\" (expected: one of ingest, read, pii, admin)")
        .hasMessageContaining("line 5: the hash of \"y\"")
        .hasMessageContaining("line 6: the hash of \"z\"")
        .message()
        .doesNotContain(secret);
  }
}
