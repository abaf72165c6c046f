package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.serve.Compression;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  @Test
  void prometheus2_getsOpenMetrics() {
    assertThat(
            wanted(
                "application/openmetrics-text;version=1.0.0,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(Format.OPENMETRICS);
  }

  @Test
  void prometheus2WithNativeHistograms_getsProtobuf() {
    assertThat(
            wanted(
                PROTOBUF
                    + ",application/openmetrics-text;version=1.0.0;q=0.8,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(Format.PROTOBUF);
  }

  @Test
  void prometheus3_getsOpenMetrics() {
    assertThat(
            wanted(
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + "application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                    + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1"))
        .isEqualTo(Format.OPENMETRICS);
  }

  @Test
  void prometheus3WithNativeHistograms_getsProtobuf() {
    assertThat(
            wanted(
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + PROTOBUF
                    + ";escaping=allow-utf-8;q=0.6,"
                    + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1"))
        .isEqualTo(Format.PROTOBUF);
  }

  @Test
  void noHeader_getsText() {
    assertThat(Format.wantedBy(Optional.empty())).isEqualTo(Format.TEXT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | TEXT",
        "text/* | TEXT",
        "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8 | TEXT",
        "text/plain | TEXT",
        "TEXT/PLAIN; Version=0.0.4 | TEXT",
        "application/json | JSON",
        "application/json;q=0.5, text/plain;q=0.4 | JSON",
        "text/plain;q=0.5, application/openmetrics-text;q=0.5 | TEXT",
        "application/openmetrics-text;q=0.5, text/plain;q=0.5 | OPENMETRICS",
        "application/openmetrics-text; version=\"1.0.0\" | OPENMETRICS",
        "application/openmetrics-text;version=2.0.0, text/plain;q=0.1 | TEXT",
        "application/openmetrics-text;q=0, */* | TEXT",
        "application/openmetrics-text;q=high, */*;q=0.1 | TEXT",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text"
            + " | TEXT",
        "image/png | TEXT",
        "',;=,;q' | TEXT",
      })
  void header_decides(String accept, Format expected) {
    assertThat(wanted(accept)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "deflate, GZIP;q=0.5 | true",
        "* | true",
        "gzip;q=0 | false",
        "gzip; q=0.000 | false",
        "identity | false",
        "br | false",
      })
  void gzip_whereAccepted(String acceptEncoding, boolean expected) {
    assertThat(Compression.wantedBy(Optional.of(acceptEncoding))).isEqualTo(expected);
  }

  @Test
  void gzip_notWithoutBeingAskedFor() {
    assertThat(Compression.wantedBy(Optional.empty())).isFalse();
  }

  private static Format wanted(String accept) {
    return Format.wantedBy(Optional.of(accept));
  }
}
