package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final String HIDDEN = "(hidden: it repeats a signature or a secret)";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static String of(byte[] body) {
    return Excerpt.of(body, body.length, List.of(SIGNATURE, Senders.SECRET));
  }

  private static String of(String body) {
    return of(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void body_isOneLine() {
    assertThat(of("")).isNull();
    assertThat(of("<p>\r\n\tno\u0000\u001b[31m \u202eZoë\u2028😀</p>"))
        .isEqualTo("<p> no [31m  Zoë 😀</p>");
  }

  @Test
  void bytes_thatAreNoUtf8_areReplaced() {
    assertThat(of(new byte[] {'a', (byte) 0xff, (byte) 0xc0, (byte) 0x80, 'b'}))
        .isEqualTo("a\ufffd\ufffd\ufffdb");
  }

  @Test
  void character_cutInTwo_isLeftOut() {
    assertThat(of("a".repeat(1023) + "ëb")).isEqualTo("a".repeat(1023));
    assertThat(of("a".repeat(1022) + "ëb")).isEqualTo("a".repeat(1022) + "ë");
  }

  @Test
  void secret_isHidden_escapedOrAtTheEdge() {
    for (String secret : List.of(SIGNATURE, Senders.SECRET)) {
      assertThat(of("you sent " + secret)).isEqualTo(HIDDEN);
      assertThat(of(secret.replace("/", "\\/").replace("+", "%2B"))).isEqualTo(HIDDEN);
      assertThat(of("a".repeat(1010) + secret)).isEqualTo(HIDDEN);
    }
    assertThat(of("v1, whsec_ and that is all")).isEqualTo("v1, whsec_ and that is all");
  }

  @Property
  void anyBytes_areFitToBeShown(@ForAll @Size(max = Excerpt.LOOKED_AT) byte[] body) {
    String shown = of(body);
    if (shown != null) {
      assertThat(shown).hasSizeLessThanOrEqualTo(Excerpt.BYTES);
      assertThat(shown.chars()).noneMatch(Character::isISOControl);
    }
  }
}
