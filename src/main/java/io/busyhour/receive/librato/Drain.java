package io.busyhour.receive.librato;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Batch;
import io.busyhour.receive.EventTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a body of log lines says: the events of its measurements, and what could not be read. */
final class Drain {
  /** The name of the door in keys and in the ledger. */
  static final String SOURCE = "librato";

  /** So many events are one entry of the journal: few enough for a row, enough to be quick. */
  private static final int EVENTS_OF_A_DELIVERY = 200;

  private static final int LONGEST_TIME = 64;

  private final byte[] body;
  private final Instant receipt;
  private final List<Occurrence> occurrences = new ArrayList<>();
  private final Map<Reason, Long> refused = new EnumMap<>(Reason.class);

  private Drain(byte[] body, Instant receipt) {
    this.body = body;
    this.receipt = receipt;
  }

  /** Reads a body of plain lines. */
  static Drain ofLines(byte[] body, Instant receipt) {
    Drain drain = new Drain(body, receipt);
    drain.read(new Lines(body));
    return drain;
  }

  /**
   * Reads a body of logplex frames.
   *
   * @throws Refusal malformed_line where none of it is a frame
   */
  static Drain ofFrames(byte[] body, Instant receipt) {
    Drain drain = new Drain(body, receipt);
    Frames frames = new Frames(body);
    int read = drain.read(frames);
    if (frames.broken() > 0) {
      if (read == 0) {
        throw new Refusal(
            Reason.MALFORMED_LINE,
            "Nothing in this body is a frame of application/logplex-1: <length> <PRI>1 <time>"
                + " <host> <app> <process> <message id> <message>.");
      }
      drain.refused.merge(Reason.MALFORMED_LINE, (long) frames.broken(), Long::sum);
    }
    return drain;
  }

  private int read(Messages messages) {
    LineReader reader = new LineReader(body, this::refuse);
    int read = 0;
    for (Message message = messages.next(); message != null; message = messages.next()) {
      List<Measurement> measurements = reader.read(message);
      if (!measurements.isEmpty()) {
        add(measurements, Source.parse(reader.source()), time(message));
      }
      read++;
    }
    return read;
  }

  private void add(List<Measurement> measurements, Source source, Instant time) {
    for (Measurement measurement : measurements) {
      try {
        occurrences.add(Meaning.of(measurement, source, time));
      } catch (Refusal refusal) {
        refuse(refusal.reason());
      }
    }
    if (occurrences.size() > Batch.MAX_EVENTS) {
      throw new Refusal(
          Reason.TOO_LARGE,
          "There are more than the %d measurements that are taken at once; send less."
              .formatted(Batch.MAX_EVENTS));
    }
  }

  private void refuse(Reason reason) {
    refused.merge(reason, 1L, Long::sum);
  }

  /** When a message was written; the receipt where that is not said, or cannot be. */
  private Instant time(Message message) {
    String said = message.time().text(body, LONGEST_TIME);
    if (said == null || said.length() <= 1) {
      return receipt;
    }
    try {
      return EventTime.parse("time", said, receipt);
    } catch (Refusal refusal) {
      return receipt;
    }
  }

  /** How many measurements and lines could not be read, and why. */
  Map<Reason, Long> refused() {
    return refused;
  }

  /** What is to be stored, under keys that begin with what identifies the request. */
  List<Delivery> deliveries(String request) {
    List<Delivery> deliveries = new ArrayList<>();
    for (int from = 0; from < occurrences.size(); from += EVENTS_OF_A_DELIVERY) {
      int to = Math.min(occurrences.size(), from + EVENTS_OF_A_DELIVERY);
      EventKey key = new EventKey(SOURCE, request + "-" + deliveries.size());
      deliveries.add(new Delivery(key, occurrences.subList(from, to), false));
    }
    return deliveries;
  }
}
