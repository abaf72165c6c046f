package io.busyhour.serve.scrape;

import io.busyhour.instrument.Meters;
import io.helidon.metrics.api.MetricsFactory;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Busyhour's meters and those of MicroProfile's registry. What is seen is saved: as it is saved
 * after the snapshot was taken, and for one request after the other, no update that comes in
 * between can be seen and yet be lost.
 */
final class SavedFigures {
  private static final Logger LOG = System.getLogger(SavedFigures.class.getName());

  /** MicroProfile's scope of Busyhour's own families. */
  private static final String OWN_SCOPE = "application";

  private final Meters meters;
  private final Supplier<Runnable> saving;
  private final HelidonMeters helidon =
      new HelidonMeters(MetricsFactory.getInstance().globalRegistry());
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * Those of these meters.
   *
   * @param saving see {@link Scrape}
   */
  SavedFigures(Meters meters, Supplier<Runnable> saving) {
    this.meters = meters;
    this.saving = saving;
  }

  /** Busyhour's own families of these names; empty when they cannot be saved. */
  Optional<MetricSnapshots> own(Predicate<String> wanted, boolean natively) {
    return saved(() -> meters.snapshots(wanted, natively));
  }

  /**
   * The families of these scopes and names, each where it is empty of every one; empty when they
   * cannot be saved.
   */
  Optional<MetricSnapshots> all(Set<String> scopes, Set<String> names, boolean natively) {
    return saved(() -> collect(scopes, names, natively));
  }

  private Optional<MetricSnapshots> saved(Supplier<MetricSnapshots> snapshots) {
    lock.lock();
    try {
      Runnable save = saving.get();
      MetricSnapshots taken = snapshots.get();
      return save(save) ? Optional.of(taken) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean save(Runnable save) {
    try {
      save.run();
      return true;
    } catch (RuntimeException e) {
      warn("save", "A scrape is refused: what it would show cannot be saved.", e);
      return false;
    }
  }

  private MetricSnapshots collect(Set<String> scopes, Set<String> names, boolean natively) {
    Predicate<String> wanted = name -> names.isEmpty() || names.contains(name);
    MetricSnapshots own =
        scopes.isEmpty() || scopes.contains(OWN_SCOPE)
            ? meters.snapshots(wanted, natively)
            : MetricSnapshots.of();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    own.forEach(all::metricSnapshot);
    for (MetricSnapshot snapshot : helidon.snapshots(scopes, names)) {
      String name = snapshot.getMetadata().getPrometheusName();
      if (all.containsMetricName(name)) {
        warn(name, "The MicroProfile metric " + name + " is hidden by Busyhour's own.", null);
      } else {
        all.metricSnapshot(snapshot);
      }
    }
    return all.build();
  }

  private void warn(String subject, String message, Exception e) {
    LOG.log(reported.add(subject) ? Level.WARNING : Level.DEBUG, message, e);
  }
}
