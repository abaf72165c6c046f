package io.busyhour.projection.meters.statsd;

import java.util.List;

/** What a family holds, and so what its name ends in. */
enum Kind {
  /** Amounts that add up. */
  COUNTER("_total"),
  /** Values that go up and down. */
  GAUGE(""),
  /** Durations. */
  TIMER("_seconds"),
  /** How many different members were named. */
  SET("_unique");

  private static final String PREFIX = "statsd_";

  /** OpenMetrics 1.0 keeps these ends for the samples of counters, histograms and infos. */
  private static final List<String> SAMPLE_ENDS =
      List.of("_total", "_created", "_bucket", "_info", "_count", "_sum", "_gcount", "_gsum");

  private final String end;

  Kind(String end) {
    this.end = end;
  }

  /** The family of a metric; what is no letter, digit or underscore is an underscore. */
  String family(String metric) {
    return stem(metric) + end;
  }

  /** The family of a metric whose first name is a family of another kind. */
  String otherFamily(String metric) {
    return stem(metric) + "_" + name().toLowerCase(java.util.Locale.ROOT) + end;
  }

  private String stem(String metric) {
    String stem = PREFIX + LabelName.plain(metric);
    if (stem.endsWith(end)) {
      stem = stem.substring(0, stem.length() - end.length());
    }
    boolean bare = this == COUNTER || this == GAUGE;
    return bare && SAMPLE_ENDS.stream().anyMatch(stem::endsWith) ? stem + "_value" : stem;
  }

  /** What two families may not share: OpenMetrics' name, which is without the end of counters. */
  String modelName(String family) {
    return this == COUNTER ? family.substring(0, family.length() - end.length()) : family;
  }
}
