package io.busyhour.journal;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.field.Field;
import io.busyhour.journal.Journal.Appended;
import io.busyhour.journal.JournalUnavailable.Cause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits to be committed, up to a bound: many threads put, one takes. */
final class Inbox {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final int MAX_REASON = 64;

  /** A delivery, ready to be stored; made by the thread that appends it, so that many can. */
  record Arrival(Delivery delivery, UUID digest, String body) {
    /** For how many events it counts: large ones for several, so that memory is bounded, too. */
    int weight() {
      return Math.max(delivery.occurrences().size(), body.length() / JournalSettings.EVENT_CHARS);
    }

    static Arrival of(Delivery delivery) {
      EventKey key = delivery.key();
      check("source", key.source());
      check("id", key.id());
      if (delivery.occurrences().isEmpty()) {
        throw new IllegalArgumentException("a delivery of no events (expected: at least one)");
      }
      return new Arrival(delivery, digest(key), Body.write(delivery.occurrences()));
    }

    private static void check(String name, String value) {
      if (!isStorable(value)) {
        throw new IllegalArgumentException(
            "%s of %d characters (expected: 1 to %d, well-formed and without control characters)"
                .formatted(name, value.length(), EventKey.MAX_LENGTH));
      }
    }

    private static UUID digest(EventKey key) {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        // Neither part contains NUL, so no two keys give the same bytes.
        sha.update(key.source().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        ByteBuffer digest = ByteBuffer.wrap(sha.digest(key.id().getBytes(StandardCharsets.UTF_8)));
        return new UUID(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** What one call of append hands over; it is stored as a whole or not at all. */
  record Batch(List<Arrival> arrivals, int weight, CompletableFuture<List<Appended>> answer) {
    static Batch of(List<Delivery> deliveries) {
      List<Arrival> arrivals = new ArrayList<>(deliveries.size());
      int weight = 0;
      for (Delivery delivery : deliveries) {
        Arrival arrival = Arrival.of(delivery);
        arrivals.add(arrival);
        weight += arrival.weight();
      }
      return new Batch(arrivals, weight, new CompletableFuture<>());
    }
  }

  /** Refused deliveries of one kind. */
  record Refused(String source, String reason) {
    static Refused of(String source, String reason) {
      if (reason.isEmpty() || reason.length() > MAX_REASON) {
        throw new IllegalArgumentException(
            "reason: \"%s\" (expected: 1 to %d characters)".formatted(reason, MAX_REASON));
      }
      return new Refused(isStorable(source) ? source : Ledger.OTHER, reason);
    }
  }

  // CloudEvents 1.0 (Type System, String) keeps the same characters out of its attributes.
  private static boolean isStorable(String name) {
    return !name.isEmpty() && name.length() <= EventKey.MAX_LENGTH && Field.isPlain(name);
  }

  /**
   * What one transaction takes.
   *
   * @param last whether nothing will follow
   */
  record Group(List<Batch> batches, Map<Refused, Long> refused, boolean last) {
    int weight() {
      return batches.stream().mapToInt(Batch::weight).sum();
    }
  }

  private final JournalSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Batch> batches = new ArrayDeque<>();
  // Taken and not done: at most one that is being committed and one in doubt.
  private final Set<Group> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private Map<Refused, Long> refused = new HashMap<>();
  private int waiting;
  private boolean closed;

  Inbox(JournalSettings settings) {
    this.settings = settings;
  }

  /** Puts a batch unless too much is waiting; a large one alone is not too much. */
  void put(Batch batch) {
    lock.lock();
    try {
      refuseWhenClosed();
      if (waiting > 0 && waiting + batch.weight() > settings.maxWaiting()) {
        throw new JournalUnavailable(Cause.OVERLOADED, SOON, null);
      }
      waiting += batch.weight();
      batches.add(batch);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Puts a count of refusals; they need little room, for too many sources become one. */
  void putRefused(String source, String reason, long count) {
    Refused kind = Refused.of(source, reason);
    lock.lock();
    try {
      refuseWhenClosed();
      addRefused(kind, count);
    } finally {
      lock.unlock();
    }
  }

  /** Takes back the refusals of a group that could not be committed. */
  void restoreRefused(Group group) {
    lock.lock();
    try {
      group.refused().forEach(this::addRefused);
    } finally {
      lock.unlock();
    }
  }

  private void addRefused(Refused kind, long count) {
    boolean roomy = refused.containsKey(kind) || refused.size() < settings.maxSources();
    refused.merge(roomy ? kind : new Refused(Ledger.OTHER, kind.reason()), count, Long::sum);
  }

  private void refuseWhenClosed() {
    if (closed) {
      throw stopping();
    }
  }

  /** Waits until there is a batch, or the time is over; what it gives may be empty. */
  Group take(Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (batches.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<Batch> next = new ArrayList<>();
      int weight = 0;
      while (!batches.isEmpty()
          && (next.isEmpty() || weight + batches.peek().weight() <= settings.maxGroup())) {
        weight += batches.peek().weight();
        next.add(batches.remove());
      }
      Map<Refused, Long> counts = refused;
      refused = new HashMap<>();
      Group group = new Group(next, counts, closed && batches.isEmpty());
      taken.add(group);
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Makes room: the batches of a group wait no longer, whatever became of them. */
  void done(Group group) {
    lock.lock();
    try {
      taken.remove(group);
      waiting -= group.weight();
    } finally {
      lock.unlock();
    }
  }

  /** Tells those who wait still that the server is stopping; what they gave may be stored. */
  void abandon() {
    List<Batch> left = new ArrayList<>();
    lock.lock();
    try {
      taken.forEach(group -> left.addAll(group.batches()));
      left.addAll(batches);
      batches.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(batch -> batch.answer().completeExceptionally(stopping()));
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private static JournalUnavailable stopping() {
    return new JournalUnavailable(Cause.STOPPING, LATER, null);
  }

  static JournalUnavailable storeDown(Throwable cause) {
    return new JournalUnavailable(Cause.STORE_DOWN, LATER, cause);
  }
}
