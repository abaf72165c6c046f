package io.busyhour.poll;

import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.PollEvent.Failure;
import io.busyhour.event.PollEvent.Operation;
import io.busyhour.event.PollEvent.TwilioAnswered;
import io.busyhour.event.PollEvent.TwilioRefused;
import io.busyhour.event.field.Words;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalUnavailable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Asks for an account's balance and usage at intervals, on a thread of its own, and journals what
 * it was answered: a scrape shows what was last journaled and waits for nobody.
 */
public final class Poller implements AutoCloseable {
  /** Whose deliveries the answers are; not that of the callbacks, whose silence is to be seen. */
  static final String SOURCE = "twilio-api";

  private static final System.Logger LOG = System.getLogger(Poller.class.getName());
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final PollSettings settings;
  private final Journal journal;
  private final TwilioClient.Times times;
  private final TwilioClient client;
  private final TwilioAccount account;
  private final Map<Operation, Failure> failing = new EnumMap<>(Operation.class);
  private final Thread thread = Thread.ofVirtual().name("twilio-poll").unstarted(this::run);

  /** A poller that is not started yet. */
  public Poller(PollSettings settings, Journal journal, InstantSource clock) {
    this(
        settings,
        journal,
        new TwilioClient.Times(clock, Thread::sleep, ANSWER),
        RandomGenerator.getDefault());
  }

  Poller(PollSettings settings, Journal journal, TwilioClient.Times times, RandomGenerator random) {
    this.settings = settings;
    this.journal = journal;
    this.times = times;
    this.client = new TwilioClient(settings, times, new Backoff(random));
    this.account = new TwilioAccount(settings, client);
  }

  /** Begins to ask, at once and then at intervals. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (Operation operation : Operation.values()) {
          perform(operation);
        }
        times.pause().sleep(settings.interval());
      }
    } catch (InterruptedException e) {
      // Asked to stop.
    }
  }

  private void perform(Operation operation) throws InterruptedException {
    try {
      ask(operation);
    } catch (JournalUnavailable e) {
      LOG.log(Level.WARNING, "what Twilio answered cannot be stored; it will be asked again", e);
    } catch (RuntimeException e) {
      // The edge of the thread: whatever it is, the next time may be better.
      LOG.log(Level.ERROR, "asking Twilio failed", e);
    }
  }

  private void ask(Operation operation) throws InterruptedException {
    List<Event> said = new ArrayList<>();
    try {
      List<Event> answer = account.fetch(operation, reason -> said.add(refused(operation, reason)));
      said.addAll(answer);
      said.add(new TwilioAnswered(settings.accountSid(), operation));
      answered(operation);
    } catch (PollFailure e) {
      failed(operation, e);
    }
    Instant now = times.clock().instant().truncatedTo(ChronoUnit.MICROS);
    // Never asked twice with the same answer to be told apart: each time is its own.
    EventKey key = new EventKey(SOURCE, Words.of(operation) + ":" + UUID.randomUUID());
    List<Occurrence> occurrences = said.stream().map(event -> Occurrence.of(now, event)).toList();
    journal.append(List.of(new Delivery(key, occurrences, false)));
  }

  private Event refused(Operation operation, Failure reason) {
    return new TwilioRefused(settings.accountSid(), operation, reason);
  }

  /** Said once for each reason, not at each interval. */
  private void failed(Operation operation, PollFailure e) {
    Failure before = failing.put(operation, e.reason());
    LOG.log(
        before == e.reason() ? Level.DEBUG : Level.WARNING,
        "%s: %s; the last good value stands, and it is asked for again in %d s"
            .formatted(Words.of(operation), e.getMessage(), settings.interval().toSeconds()));
  }

  private void answered(Operation operation) {
    if (failing.remove(operation) != null) {
      LOG.log(Level.INFO, "{0}: Twilio answers again", Words.of(operation));
    }
  }

  /** Ends what is being asked; what was answered is journaled before this returns. */
  @Override
  public void close() {
    thread.interrupt();
    if (thread.getState() != Thread.State.NEW) {
      try {
        thread.join(GOODBYE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    client.close();
  }
}
