package io.busyhour.cli.export;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Copies the lines of an export, and tells how far it is. */
final class Copy {
  private static final int TOLD_AFTER = 5_000;

  private final Form form;
  private final LongSupplier nanos;
  private final Consumer<CopyProgress> progress;
  private final Instant until;
  private long calls;
  private long copied;
  private Instant first;

  /**
   * A copy that has not begun.
   *
   * @param calls how many are in the file already
   * @param until when the calls end: now
   */
  Copy(Form form, long calls, Instant until, LongSupplier nanos, Consumer<CopyProgress> progress) {
    this.form = form;
    this.calls = calls;
    this.until = until;
    this.nanos = nanos;
    this.progress = progress;
  }

  /** How many calls there are now. */
  long calls() {
    return calls;
  }

  void copy(BufferedReader lines, Writer out) throws IOException {
    long began = nanos.getAsLong();
    if (form.hasHeader()) {
      String header = lines.readLine();
      if (calls == 0 && header != null) {
        out.write(header);
        out.write(form.between());
      }
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (calls > 0) {
        out.write(form.between());
      } else if (!form.hasHeader()) {
        out.write("\n");
      }
      out.write(line);
      calls++;
      copied++;
      if (first == null || copied % TOLD_AFTER == 0) {
        tell(line, Duration.ofNanos(nanos.getAsLong() - began));
      }
    }
    if (calls > 0 || !form.hasHeader()) {
      out.write(form.tail(calls));
    }
  }

  /** The calls come by when they began, so that tells how far it is. */
  private void tell(String line, Duration elapsed) {
    Instant time = Instant.parse(form.place(line).split(",", 2)[0]);
    first = first == null ? time : first;
    double whole = Math.max(1, Duration.between(first, until).toMillis());
    double part = Math.clamp(Duration.between(first, time).toMillis() / whole, 0, 1);
    progress.accept(new CopyProgress(part, copied, elapsed));
  }
}
