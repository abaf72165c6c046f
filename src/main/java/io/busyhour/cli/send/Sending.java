package io.busyhour.cli.send;

import io.busyhour.cli.remote.Receipt;
import io.busyhour.cli.remote.Uploader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sends the events of a file in batches. What was sent before is a duplicate and harmless. */
public final class Sending {
  private static final String LINES = "application/x-ndjson";
  private static final int BATCH_EVENTS = 500;
  private static final int BATCH_BYTES = 4 << 20;

  /** An event of the file that the server did not take. */
  public record Refused(long line, String error, String message) {}

  private final Uploader uploader;
  private final InstantSource clock;
  private final Consumer<Progress> progress;
  private final Consumer<Refused> refused;

  /**
   * A sending that has not begun.
   *
   * @param progress is told after each batch
   * @param refused is told of each event that was not taken
   */
  public Sending(
      Uploader uploader,
      InstantSource clock,
      Consumer<Progress> progress,
      Consumer<Refused> refused) {
    this.uploader = uploader;
    this.clock = clock;
    this.progress = progress;
    this.refused = refused;
  }

  /** Sends all events of a file; returns what became of them. */
  public Progress send(EventFile file) throws IOException, InterruptedException {
    long began = clock.millis();
    Progress sum = Progress.NONE;
    List<EventFile.Line> batch = new ArrayList<>();
    int bytes = 0;
    EventFile.Line line = file.next();
    while (line != null) {
      batch.add(line);
      bytes += line.json().length;
      line = file.next();
      boolean full = batch.size() == BATCH_EVENTS || bytes >= BATCH_BYTES;
      if (full || line == null) {
        Receipt receipt = deliver(batch);
        sum =
            new Progress(
                file.read(),
                sum.accepted() + receipt.accepted(),
                sum.duplicates() + receipt.duplicates(),
                sum.rejected() + receipt.rejected().size(),
                Duration.ofMillis(clock.millis() - began));
        progress.accept(sum);
        batch.clear();
        bytes = 0;
      }
    }
    return sum;
  }

  private Receipt deliver(List<EventFile.Line> batch) throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (EventFile.Line line : batch) {
      body.writeBytes(line.json());
      body.write('\n');
    }
    Receipt receipt = uploader.deliver(LINES, body.toByteArray());
    for (Receipt.Rejected one : receipt.rejected()) {
      long line = one.index() < batch.size() ? batch.get(one.index()).line() : 0;
      refused.accept(new Refused(line, one.error(), one.message()));
    }
    return receipt;
  }
}
