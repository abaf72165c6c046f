package io.busyhour.serve.scrape;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * MicroProfile's registry as Helidon keeps it: its scopes base, vendor and application under the
 * names that Helidon itself serves them by.
 */
@SuppressWarnings("deprecation") // Helidon 4.4 still builds on Micrometer's older registry
final class HelidonMeters {
  private static final String SCOPE_LABEL = "mp_scope";

  private static final Logger LOG = System.getLogger(HelidonMeters.class.getName());

  private final io.helidon.metrics.api.MeterRegistry registry;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  HelidonMeters(io.helidon.metrics.api.MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The families of these scopes and names; no scope is every scope and no name every name.
   *
   * @param names as registered ({@code memory.usedHeap}) or as scraped
   */
  List<MetricSnapshot> snapshots(Set<String> scopes, Set<String> names) {
    Optional<PrometheusMeterRegistry> prometheus = prometheus();
    if (prometheus.isEmpty()) {
      return List.of();
    }
    Set<String> wanted = names.isEmpty() ? Set.of() : exposed(prometheus.get(), names);
    List<MetricSnapshot> snapshots = new ArrayList<>();
    for (MetricFamilySamples family :
        Collections.list(prometheus.get().getPrometheusRegistry().metricFamilySamples())) {
      if (names.isEmpty() || wanted.contains(family.name)) {
        List<Sample> samples =
            family.samples.stream().filter(sample -> inScope(sample, scopes)).toList();
        convert(family, samples).ifPresent(snapshots::add);
      }
    }
    return snapshots;
  }

  /** One that cannot be exposed, such as a counter below 0, is missed and the others are there. */
  private Optional<MetricSnapshot> convert(MetricFamilySamples family, List<Sample> samples) {
    try {
      return SampleFamily.of(family, samples);
    } catch (IllegalArgumentException e) {
      Level level = reported.add(family.name) ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "The MicroProfile metric " + family.name + " is left out of the scrape.", e);
      return Optional.empty();
    }
  }

  private Optional<PrometheusMeterRegistry> prometheus() {
    var unwrapped = registry.unwrap(io.micrometer.core.instrument.MeterRegistry.class);
    return unwrapped instanceof CompositeMeterRegistry composite
        ? composite.getRegistries().stream()
            .filter(PrometheusMeterRegistry.class::isInstance)
            .map(PrometheusMeterRegistry.class::cast)
            .findFirst()
        : Optional.empty();
  }

  private static boolean inScope(Sample sample, Set<String> scopes) {
    int i = sample.labelNames.indexOf(SCOPE_LABEL);
    return scopes.isEmpty() || (i >= 0 && scopes.contains(sample.labelValues.get(i)));
  }

  /** The families that meters of these names come out as. */
  private static Set<String> exposed(PrometheusMeterRegistry registry, Set<String> names) {
    Set<String> exposed = new HashSet<>(names);
    names.forEach(name -> exposed.add(withoutTotal(name)));
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      if (names.contains(id.getName())) {
        String family = withoutTotal(id.getConventionName(registry.config().namingConvention()));
        exposed.add(family);
        exposed.add(family + "_max"); // of timers and distributions, a family of its own
      }
    }
    return exposed;
  }

  private static String withoutTotal(String name) {
    return name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
  }
}
