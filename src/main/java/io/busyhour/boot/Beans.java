package io.busyhour.boot;

import io.busyhour.boot.health.PartsCheck;
import io.busyhour.boot.settings.Configuration;
import io.busyhour.boot.settings.Settings;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.http.Tokens;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import io.busyhour.projection.Book;
import io.busyhour.projection.Runner;
import io.busyhour.projection.calls.history.CallExport;
import io.busyhour.projection.meters.carrier.WorstCalls;
import io.busyhour.projection.reaper.Reaper;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.receive.ReceiveSettings;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.livekit.LivekitSettings;
import io.busyhour.receive.twilio.TwilioSettings;
import io.busyhour.serve.health.Vitals;
import io.busyhour.serve.scrape.Scrape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Hands what the process runs on to the beans of the container. */
@ApplicationScoped
class Beans {
  @Produces
  @Singleton
  InstantSource clock() {
    return Busyhour.core().clock();
  }

  @Produces
  @Singleton
  Vitals vitals() {
    Core core = Busyhour.core();
    return new Vitals(
        core.configuration().get(Settings.MAX_ACTIVE),
        core.configuration().get(Settings.MIN_SUCCESS) / 100.0,
        () -> PartsCheck.of(core.journal(), core.runner()));
  }

  @Produces
  @Singleton
  Journal journal() {
    return Busyhour.core().journal();
  }

  @Produces
  @Singleton
  Meters meters() {
    return Busyhour.core().meters();
  }

  @Produces
  @Singleton
  Book book() {
    return Busyhour.core().book();
  }

  @Produces
  @Singleton
  WorstCalls worstCalls() {
    return Busyhour.core().worstCalls();
  }

  @Produces
  @Singleton
  CallExport callExport() {
    return Busyhour.core().callExport();
  }

  @Produces
  @Singleton
  Runner runner() {
    return Busyhour.core().runner();
  }

  @Produces
  @Singleton
  Rollups rollups() {
    return Busyhour.core().rollups();
  }

  @Produces
  @Singleton
  Reaper reaper() {
    return Busyhour.core().reaper();
  }

  @Produces
  @Singleton
  Tokens tokens() {
    return Busyhour.core().tokens();
  }

  @Produces
  @Singleton
  Receiver receiver(Journal journal) {
    return new Receiver(journal, Busyhour.core().clock());
  }

  @Produces
  @Singleton
  ReceiveSettings receiveSettings() {
    Configuration configuration = Busyhour.core().configuration();
    return new ReceiveSettings(
        configuration.get(Settings.MAX_BYTES),
        configuration.get(Settings.MAX_BATCH_BYTES),
        configuration.find(Settings.PUBLIC_URL),
        configuration.get(Settings.TRUST_FORWARDED));
  }

  @Produces
  @Singleton
  TwilioSettings twilioSettings() {
    return new TwilioSettings(
        Busyhour.core().configuration().find(Settings.TWILIO_TOKENS).orElse(List.of()));
  }

  @Produces
  @Singleton
  LivekitSettings livekitSettings() {
    Configuration configuration = Busyhour.core().configuration();
    return new LivekitSettings(
        configuration.find(Settings.LIVEKIT_KEYS).orElse(Map.of()),
        configuration.get(Settings.LIVEKIT_ROOMS));
  }

  @Produces
  @Singleton
  DataSource dataSource() {
    return Busyhour.core().dataSource();
  }

  @Produces
  @Singleton
  Subscriptions subscriptions() {
    return Busyhour.core().outgoing().subscriptions();
  }

  /** Why nothing may be sent to a URL, if so. */
  @Produces
  @Singleton
  Function<URI, Optional<String>> refusing() {
    return url -> Busyhour.core().outgoing().targets().why(url);
  }

  @Produces
  @Singleton
  Scrape scrape() {
    Core core = Busyhour.core();
    return new Scrape(core.runner()::saving, core::whatIsMissing, new ScrapeGuard(core.tokens()));
  }
}
