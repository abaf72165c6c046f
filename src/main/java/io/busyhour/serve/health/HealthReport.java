package io.busyhour.serve.health;

import io.busyhour.serve.health.Vitals.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How it all is.
 *
 * @param parts the parts that the figures come from, and the store
 * @param hour the last hour, or null where the store cannot be read
 * @param active how many calls have no end, or null where that is not known
 * @param warnings of what is no fault of a part, for people
 * @param seriesByFamily the size of each family that counts
 */
record HealthReport(
    Instant now,
    List<Part> parts,
    LastHour hour,
    Long active,
    List<String> warnings,
    Map<String, Long> seriesByFamily) {
  /** The beans that count, of which any application may have some. */
  private static final List<String> COLLECTORS = List.of("campaign", "webhook", "dialer");

  boolean isDegraded() {
    return (hour != null && hour.isBad()) || parts.stream().anyMatch(part -> part.fault() != null);
  }

  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("status", isDegraded() ? "degraded" : "healthy");
    shown.put("timestamp", now.toString());
    shown.put("indicators", LastHour.indicators(hour, active));
    shown.put("warnings", all());
    shown.put("registry", "application");
    shown.put("metric_families", seriesByFamily.size());
    shown.put("total_metrics", seriesByFamily.values().stream().mapToLong(n -> n).sum());
    shown.put("collectors", collectors());
    return shown;
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    parts.stream().map(Part::fault).filter(fault -> fault != null).forEach(all::add);
    all.addAll(warnings);
    return all;
  }

  private Map<String, String> collectors() {
    Map<String, String> collectors = new LinkedHashMap<>();
    for (String name : COLLECTORS) {
      boolean there = seriesByFamily.keySet().stream().anyMatch(f -> f.startsWith(name + "_"));
      collectors.put(name + "_metrics", there ? "registered" : "missing");
    }
    parts.forEach(part -> collectors.put(part.name(), part.fault() == null ? "up" : "down"));
    return collectors;
  }
}
