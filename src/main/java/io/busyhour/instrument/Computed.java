package io.busyhour.instrument;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Families that are computed together at each scrape. */
final class Computed {
  private static final Logger LOG = System.getLogger(Computed.class.getName());

  private final Map<String, String> namesByModel = new HashMap<>();
  private final Supplier<List<MetricSnapshot>> supplier;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Computed(Set<String> names, Supplier<List<MetricSnapshot>> supplier) {
    names.forEach(name -> namesByModel.put(Names.modelName(name), name));
    this.supplier = supplier;
  }

  /** Those whose name is wanted; what cannot be computed is missed, and the others are there. */
  List<MetricSnapshot> snapshots(Predicate<String> wanted) {
    List<MetricSnapshot> shown = new ArrayList<>();
    if (namesByModel.values().stream().anyMatch(wanted)) {
      for (MetricSnapshot snapshot : compute()) {
        String name = namesByModel.get(snapshot.getMetadata().getPrometheusName());
        if (name == null) {
          String found = snapshot.getMetadata().getName();
          missed(found, new IllegalStateException("expected: one of " + namesByModel.values()));
        } else if (wanted.test(name)) {
          shown.add(snapshot);
        }
      }
    }
    return shown;
  }

  private List<MetricSnapshot> compute() {
    try {
      return supplier.get();
    } catch (RuntimeException e) {
      missed(String.join(", ", namesByModel.values()), e);
      return List.of();
    }
  }

  private void missed(String name, RuntimeException why) {
    Level level = reported.add(name) ? Level.WARNING : Level.DEBUG;
    LOG.log(level, "The metric family " + name + " is left out of the scrape.", why);
  }
}
