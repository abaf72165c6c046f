package io.busyhour.receive;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.field.Field;
import io.busyhour.event.field.InvalidField;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.journal.Journal;
import io.busyhour.journal.Journal.Appended;
import io.busyhour.journal.JournalUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Stands behind every door: stores what it heard, and counts what it refused, so that each delivery
 * is in the ledger once. May be called by any thread.
 */
public final class Receiver {
  // One batch of the largest size that can be set still fits, and the byte that shows it is longer.
  private static final int MIB = 1024 * 1024;
  // A sixth of the heap: parsed, a body takes several times its size.
  private static final int IN_FLIGHT =
      1 + (int) Math.clamp(Runtime.getRuntime().maxMemory() / 6, 64L * MIB, 256L * MIB);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Journal journal;
  private final Clock clock;
  private final InFlight inFlight;

  /** Stores into this journal, by this clock. */
  public Receiver(Journal journal, Clock clock) {
    this(journal, clock, new InFlight(IN_FLIGHT, PATIENCE));
  }

  /** Stores into this journal, by this clock, what is received within those bounds. */
  Receiver(Journal journal, Clock clock, InFlight inFlight) {
    this.journal = journal;
    this.clock = clock;
    this.inFlight = inFlight;
  }

  /** Where a request's body is kept until it was answered; to be closed then. */
  public InFlight.Share share() {
    return inFlight.share();
  }

  /** The time of receipt, to the microsecond. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Stores one delivery; returns after it was committed. */
  public Appended store(Delivery delivery) {
    return store(List.of(delivery)).get(0);
  }

  /**
   * Stores deliveries; returns after they were committed.
   *
   * @throws Refusal of status 503 when nothing was stored; it is counted then
   */
  public List<Appended> store(List<Delivery> deliveries) {
    try {
      return deliveries.isEmpty() ? List.of() : journal.append(deliveries);
    } catch (JournalUnavailable e) {
      Refusal refusal = refusal(e);
      deliveries.stream()
          .collect(Collectors.groupingBy(d -> d.key().source(), Collectors.counting()))
          .forEach((source, count) -> count(source, refusal.reason(), count));
      throw refusal;
    }
  }

  private static Refusal refusal(JournalUnavailable e) {
    return switch (e.reason()) {
      case OVERLOADED ->
          new Refusal(
              Reason.OVERLOADED,
              "Too much is waiting to be stored; nothing of this request was, send it again.",
              e.retryAfter());
      case STORE_DOWN ->
          new Refusal(
              Reason.STORE_DOWN,
              "The store cannot be written; nothing of this request was stored, send it again.",
              e.retryAfter());
      case STOPPING ->
          new Refusal(
              Reason.STOPPING,
              "The server is stopping; send this again: what was stored all the same is"
                  + " recognised.",
              e.retryAfter());
    };
  }

  /** Does what reads a delivery of a source; if that refuses it, the refusal is counted. */
  public <T> T reading(String source, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Refusal refusal) {
      count(source, refusal.reason(), 1);
      throw refusal;
    }
  }

  /** Counts refused deliveries of a source. */
  public void count(String source, Reason reason, long count) {
    try {
      journal.refuse(source, reason.word(), count);
    } catch (JournalUnavailable e) {
      // It is closed: the server is stopping, and a refusal was not promised to anybody.
    }
  }

  /** What a door reads of an event; a broken rule of the vocabulary becomes a refusal. */
  public static <A, T> T checked(Function<A, T> reader, A argument) {
    try {
      return reader.apply(argument);
    } catch (InvalidField e) {
      throw new Refusal(
          switch (e.rule()) {
            case MISSING_FIELD -> Reason.MISSING_FIELD;
            case WRONG_TYPE -> Reason.WRONG_TYPE;
            case INVALID_VALUE -> Reason.INVALID_VALUE;
          },
          e.getMessage());
    }
  }

  /** Tells whether a text can be half of an {@link EventKey}. */
  public static boolean isKeyPart(String text) {
    return !text.isEmpty() && text.length() <= EventKey.MAX_LENGTH && Field.isPlain(text);
  }
}
