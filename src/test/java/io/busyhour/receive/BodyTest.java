package io.busyhour.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final int LIMIT = 100_000;

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(byte[] sent, InFlight.Share share) {
    return Body.read(new ByteArrayInputStream(sent), LIMIT, share);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 50_000, LIMIT})
  void read_withinTheLimit_isWhatWasSent(int length) {
    InFlight.Share share = new InFlight(LIMIT + 1, Duration.ofMinutes(1)).share();
    assertThat(read(bytes(length), share)).isEqualTo(bytes(length));
  }

  @Test
  void read_beyondTheLimit_isTooLarge() {
    InFlight.Share share = new InFlight(LIMIT + 1, Duration.ofMinutes(1)).share();
    assertReason(Reason.TOO_LARGE, bytes(LIMIT + 1), share);
  }

  @Test
  void read_othersHoldTheRoom_isOverloadedUntilTheyAreAnswered() {
    InFlight inFlight = new InFlight(100_000, Duration.ofMinutes(1));
    InFlight.Share second = inFlight.share();
    try (InFlight.Share first = inFlight.share()) {
      read(bytes(60_000), first);
      assertReason(Reason.OVERLOADED, bytes(60_000), second);
      second.close();
    }
    assertThat(read(bytes(60_000), second)).hasSize(60_000);
  }

  @Test
  void read_neverComes_endsInTimeAndLeavesTheThreadAlone() throws IOException {
    InFlight.Share share = new InFlight(LIMIT + 1, Duration.ofMillis(20)).share();
    try (PipedOutputStream sender = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(sender)) {
      sender.write('[');
      assertThatThrownBy(() -> Body.read(in, LIMIT, share))
          .isInstanceOfSatisfying(
              Refusal.class, r -> assertThat(r.reason()).isSameAs(Reason.MALFORMED_REQUEST));
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static void assertReason(Reason reason, byte[] sent, InFlight.Share share) {
    ByteArrayInputStream in = new ByteArrayInputStream(sent);
    assertThatThrownBy(() -> Body.read(in, LIMIT, share))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isSameAs(reason));
    assertThat(in.available()).as("left unread").isZero();
  }
}
