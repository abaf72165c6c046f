package io.busyhour.projection.windows;

import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** All windows: told of every event and every change of a row, and saved with them. */
public final class WindowsFold implements Fold {
  private final List<Window> all;
  private final WindowStore store;
  private Instant now = Instant.EPOCH;

  /**
   * Registers the families.
   *
   * @param limit the most label sets of a window
   * @param clock tells what the last hour is when a scrape asks
   */
  public WindowsFold(Meters meters, int limit, Clock clock) {
    all =
        List.of(
            new VoiceWindow(meters, clock),
            new CampaignWindow(meters, limit, clock),
            new TwilioWindow(meters, limit, clock),
            new TrunkWindow(meters, limit, clock),
            new MarginWindow(meters, limit, clock),
            new SpendWindow(meters, limit, clock),
            new ThroughputWindow(meters, limit, clock),
            new DipWindow(meters, clock));
    store = new WindowStore(all.stream().flatMap(each -> each.windows().stream()).toList());
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    now = entry.receivedAt();
    for (Window each : all) {
      each.on(occurrence, now, store);
    }
  }

  @Override
  public void on(Change change) {
    for (Window each : all) {
      each.on(change, now, store);
    }
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    store.save(transaction);
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    store.restore(transaction);
    for (Window each : all) {
      each.restore(transaction);
    }
  }
}
