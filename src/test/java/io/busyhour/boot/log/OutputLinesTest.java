package io.busyhour.boot.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutputLinesTest {
  @Test
  void lines_areWrittenInTheirOrderBeforeTheEnd() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (OutputLines lines =
        new OutputLines(new PrintStream(written, true, StandardCharsets.UTF_8))) {
      lines.accept("one");
      lines.accept("two");
    }
    assertThat(written.toString(StandardCharsets.UTF_8).lines()).containsExactly("one", "two");
  }

  @Test
  @Timeout(20)
  void reader_thatDoesNotRead_holdsNobodyUp() {
    CountDownLatch read = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              read.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    int given = 0;
    try (OutputLines lines =
        new OutputLines(new PrintStream(stuck, true, StandardCharsets.UTF_8))) {
      for (int i = 0; i < 30_000; i++) {
        lines.accept("line");
        given++;
      }
    } finally {
      read.countDown();
    }
    assertThat(given).isEqualTo(30_000);
  }
}
