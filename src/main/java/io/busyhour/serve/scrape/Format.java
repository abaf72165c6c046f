package io.busyhour.serve.scrape;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The exposition formats, and which of them a scraper gets: the one it gives the highest q, among
 * equals the one it names first (Prometheus, "Content negotiation"). What is not understood gets
 * text, as without an Accept header.
 */
enum Format {
  TEXT(PrometheusTextFormatWriter.create(), "text/plain", Map.of("version", "0.0.4")),
  OPENMETRICS(
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build(),
      "application/openmetrics-text",
      Map.of("version", "1.0.0")),
  PROTOBUF(
      new PrometheusProtobufWriter(),
      "application/vnd.google.protobuf",
      Map.of("proto", "io.prometheus.client.MetricFamily", "encoding", "delimited")),
  /** One flat object; at {@code /metrics} MicroProfile's, which Helidon writes. */
  JSON(null, "application/json", Map.of());

  private final ExpositionFormatWriter writer;
  private final String mediaType;
  private final Map<String, String> parameters;

  Format(ExpositionFormatWriter writer, String mediaType, Map<String, String> parameters) {
    this.writer = writer;
    this.mediaType = mediaType;
    this.parameters = parameters;
  }

  static Format wantedBy(Optional<String> accept) {
    return accept.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(Range::parse)
        .filter(range -> range.q() > 0)
        .sorted(Comparator.comparingDouble(Range::q).reversed()) // stable: ties by order
        .flatMap(range -> offered(range).stream())
        .findFirst()
        .orElse(TEXT);
  }

  private static Optional<Format> offered(Range range) {
    if (range.type().equals("*/*") || range.type().equals("text/*")) {
      return Optional.of(TEXT);
    }
    return Arrays.stream(values()).filter(format -> format.suits(range)).findFirst();
  }

  /** Parameters that a scraper does not mention are left to the server. */
  private boolean suits(Range range) {
    return mediaType.equals(range.type())
        && parameters.entrySet().stream()
            .allMatch(
                own ->
                    own.getValue()
                        .equals(range.parameters().getOrDefault(own.getKey(), own.getValue())));
  }

  /** Whether it can carry the native buckets of histograms. */
  boolean isNative() {
    return this == PROTOBUF;
  }

  /** With version and charset, without which Prometheus 3 refuses an answer. */
  String contentType() {
    return this == JSON ? mediaType : writer.getContentType();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<Format> written() {
    return List.of(TEXT, OPENMETRICS, PROTOBUF);
  }

  void write(OutputStream out, MetricSnapshots snapshots) throws IOException {
    if (this == PROTOBUF) {
      // All names are plain ones already, so that this scheme has nothing to escape.
      writer.write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } else if (this == JSON) {
      FlatJson.write(out, snapshots, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    } else {
      TextWriter.write(writer, this == OPENMETRICS, out, snapshots);
    }
  }

  /** One media range of an Accept header (RFC 9110, 12.5.1). */
  private record Range(String type, Map<String, String> parameters, double q) {

    static Range parse(String text) {
      String[] parts = text.split(";", -1);
      Map<String, String> parameters = new TreeMap<>();
      for (int i = 1; i < parts.length; i++) {
        String[] pair = parts[i].split("=", 2);
        parameters.put(
            pair[0].strip().toLowerCase(Locale.ROOT),
            pair.length == 1 ? "" : pair[1].strip().replace("\"", ""));
      }
      return new Range(
          parts[0].strip().toLowerCase(Locale.ROOT),
          parameters,
          weight(parameters.getOrDefault("q", "1")));
    }

    private static double weight(String q) {
      try {
        return Double.parseDouble(q);
      } catch (NumberFormatException e) {
        return 0; // not a range that can be ranked
      }
    }
  }
}
