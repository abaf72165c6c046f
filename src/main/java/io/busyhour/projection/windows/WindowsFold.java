package io.busyhour.projection.windows;

import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** All windows: told of every event and every change of a call, and saved with them. */
public final class WindowsFold implements Fold {
  private final VoiceWindow voice;
  private final CampaignWindow campaigns;
  private final TwilioWindow twilio;
  private final DipWindow dips;
  private final WindowStore store;
  private Instant now = Instant.EPOCH;

  /**
   * Registers the families.
   *
   * @param limit the most label sets of a window
   * @param clock tells what the last hour is when a scrape asks
   */
  public WindowsFold(Meters meters, int limit, Clock clock) {
    voice = new VoiceWindow(meters, clock);
    campaigns = new CampaignWindow(meters, limit, clock);
    twilio = new TwilioWindow(meters, limit, clock);
    dips = new DipWindow(meters, clock);
    store =
        new WindowStore(
            List.of(
                voice.window(),
                campaigns.window(),
                twilio.calls(),
                twilio.messages(),
                dips.window()));
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    now = entry.receivedAt();
    twilio.on(occurrence, now, store);
    dips.on(occurrence, now, store);
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof CallChange change) {
      voice.on(change, now, store);
      campaigns.on(change, now, store);
    }
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    store.save(transaction);
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    store.restore(transaction);
  }
}
