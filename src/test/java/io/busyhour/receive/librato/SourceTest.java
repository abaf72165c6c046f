package io.busyhour.receive.librato;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.LineEvent.Origin;
import io.busyhour.receive.librato.Source.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // The template, whose host may have dots, and hyphens or nothing for what is unknown.
        "web1.12.345.9981.predictive.Webui.Phone, 12, 345, predictive, Webui, Phone",
        "web1.12.345.9981.Predictive.Webui.Phone, 12, 345, predictive, Webui, Phone",
        "web.1.eu.12.345.9981.power.Webui.Phone, 12, 345, power, Webui, Phone",
        "web1.12.345.-.preview.-.-, 12, 345, preview, -, -",
        "web1.-.-.-.-.-.-, -, -, -, -, -",
        "......, -, -, -, -, -",
        "web1.acme.c1.s1.power.phones_only.Twilio client, acme, c1, power, phones_only,"
            + " Twilio_client",
        // Tagged parts, in any order.
        "ac-12.ca-345.dm-predictive, 12, 345, predictive, -, -",
        "ac-12.ca-345.dm-Power, 12, 345, power, -, -",
        "predictive.ac-12.ca-345, 12, 345, predictive, -, -",
        "Preview.ac-12.ca-345.cs-99, 12, 345, preview, -, -",
        "ca-345.ac-12, 12, 345, -, -, -",
        "ac-12, 12, -, -, -, -",
        "ac-12.ca-345.import_proxy, 12, 345, -, -, -",
        "ac-acme_eu.ca-spring:2026, acme_eu, spring:2026, -, -, -",
        "ac-1.ac-2, 1, -, -, -, -",
        "predictive, -, -, predictive, -, -",
        "resque.import.sweeper_job.ac-12.ca-345, 12, 345, -, -, -",
        // What is nobody's business, or no id.
        "ac-12.ca-345.dm-Preview.cl-7.cs-9981.phone-+13035550123, 12, 345, preview, -, -",
        "ac-12.phone-303.555.0123, 12, -, -, -, -",
        "ac-12.ca-345.sid-CA01.code-11200.url-https://a.example/x.ca-9?ac-8, 12, 345, -, -, -",
        "url-https://a.example/.ac-12, -, -, -, -, -",
        "ac-13035550123.ca-303-555-0123, -, -, -, -, -",
        "web1.13035550123.345.9.power.-.-, -, 345, power, -, -",
        "web1.12.345.9.power.A13.3035550123, 12, 345, power, -, -",
        "'ac-a b.ca-{}.dm-fast', -, -, -, -, -",
        // Other forms.
        "web1, -, -, -, -, -",
        "web.1, -, -, -, -, -",
        "web1.12.345, -, -, -, -, -",
        "a.b.c.d.e.f.g.h.i, -, -, -, -, -",
      })
  void source_tellsWhose(
      String source, String account, String campaign, String type, String session, String phone) {
    assertThat(Source.parse(source).origin())
        .isEqualTo(new Origin(account, campaign, type, session, phone));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "resque.dialer_worker.dialer_job, dialer_worker, dialer_job, -",
        "resque.billing.debit_job.mysql2_error, billing, debit_job, mysql2_error",
        "resque.import.sweeper_job.ac-12.ca-345, import, sweeper_job, -",
        "host.sidekiq.call_flow.dial_job.net_error, call_flow, dial_job, net_error",
        "my.app.sidekiq.call_flow.dial_job, call_flow, dial_job, -",
        "sidekiq.call_flow.dial_job, call_flow, dial_job, -",
      })
  void source_tellsTheJob(String source, String queue, String name, String cause) {
    assertThat(Source.parse(source).job()).isEqualTo(new Job(queue, name, cause));
  }

  @ParameterizedTest
  @CsvSource({"resque", "resque.billing", "host.sidekiq", "host.sidekiq.q", "resque..job", "web1"})
  void source_ofNoJob_hasNone(String source) {
    assertThat(Source.parse(source).job()).isNull();
  }

  @Test
  void source_emptyOrTooLong_isUnknown() {
    assertThat(Source.parse("")).isEqualTo(Source.UNKNOWN);
    assertThat(Source.parse("ac-1." + "x".repeat(600))).isEqualTo(Source.UNKNOWN);
    assertThat(Source.parse("ac-" + "1".repeat(65)).origin()).isEqualTo(Origin.UNKNOWN);
    assertThat(Source.parse("ac-" + "a".repeat(64)).origin().account()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource({
    "dialer.dial.success, dialer.dial.success",
    "Net::ReadTimeout/x-y_z, Net::ReadTimeout/x-y_z",
    "a b\u00e9{}, a_b___",
    "p95.h24.2026, p95.h24.2026",
    "123456, 123456",
    "1234567, {id}",
    "call.13035550123.time, call.{id}.time",
    "call.303-555-0123, call.{id}",
    "call.303.555.0123.x, call.{id}.x",
    "call.(303) 555-0123, call._{id}",
    "1.2.3.4.5.6.a, 1.2.3.4.5.6.a",
  })
  void name_becomesALabel(String name, String label) {
    assertThat(Label.of(name)).isEqualTo(label);
  }

  @Test
  void name_emptyOrTooLong_isNone() {
    assertThat(Label.of("")).isNull();
    assertThat(Label.of("a".repeat(129))).isNull();
    assertThat(Label.of("a".repeat(128))).hasSize(128);
  }
}
