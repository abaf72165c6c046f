package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code dashboard}. */
@Command(name = "dashboard", description = "Shows the calls of the last 24 hours.")
public final class Dashboard implements Callable<Integer> {
  @Mixin private Connection connection;

  @Override
  public Integer call() throws InterruptedException {
    return connection.show("/metrics/dashboard", Dashboard::show);
  }

  private static void show(JsonNode all, PrintWriter out) {
    out.printf(
        "Calls that began from %s to %s (UTC)%n%n",
        Table.toTheSecond(all.path("period").path("start").asText()),
        Table.toTheSecond(all.path("period").path("end").asText()));
    out.print(summary(all.path("summary"), all.path("quality"), all.path("transcript")));
    out.println();
    out.print(talk(all.path("duration")));
    out.println();
    out.print(counts("status", all.path("breakdown").path("by_status")));
    if (!all.path("breakdown").path("failure_reasons").isEmpty()) {
      out.println();
      out.print(counts("reason of a failure", all.path("breakdown").path("failure_reasons")));
    }
    if (!all.path("campaigns").path("top").isEmpty()) {
      out.println();
      out.print(campaigns(all.path("campaigns").path("top")));
    }
  }

  private static Table summary(JsonNode summary, JsonNode quality, JsonNode transcript) {
    Table table = new Table("", "now", "against the day before");
    table.row(
        "calls",
        Shown.number(summary.path("total_calls")),
        Shown.change(summary.path("total_calls_delta"), " %"));
    table.row(
        "success rate",
        Shown.percent(summary.path("success_rate")),
        Shown.change(summary.path("success_rate_delta"), " points"));
    table.row(
        "average talk time",
        Shown.seconds(summary.path("avg_duration")),
        Shown.change(summary.path("avg_duration_delta"), " %"));
    table.row("active now", Shown.number(summary.path("active_now")), "");
    table.row("with a transcript", Shown.percent(transcript.path("transcript_rate")), "");
    table.row("answered (ASR)", Shown.percent(quality.path("asr").path("value")), "");
    table.row("effective (NER)", Shown.percent(quality.path("ner").path("value")), "");
    table.row("MOS", Shown.plain(quality.path("mos").path("value")), "");
    return table;
  }

  private static Table talk(JsonNode duration) {
    Table table = new Table("talk time", "least", "median", "95 %", "99 %", "most");
    table.row(
        "",
        Shown.seconds(duration.path("min")),
        Shown.seconds(duration.path("p50")),
        Shown.seconds(duration.path("p95")),
        Shown.seconds(duration.path("p99")),
        Shown.seconds(duration.path("max")));
    return table;
  }

  private static Table counts(String what, JsonNode counts) {
    Table table = new Table(what, "calls");
    for (Map.Entry<String, JsonNode> each : counts.properties()) {
      table.row(each.getKey(), each.getValue().asLong());
    }
    return table;
  }

  private static Table campaigns(JsonNode top) {
    Table table = new Table("campaign", "calls", "completed", "failed", "success", "talk");
    for (JsonNode campaign : top) {
      table.row(
          campaign.path("campaign_id").asText(),
          campaign.path("total").asLong(),
          campaign.path("completed").asLong(),
          campaign.path("failed").asLong(),
          Shown.percent(campaign.path("success_rate")),
          Shown.seconds(campaign.path("avg_duration")));
    }
    return table;
  }
}
