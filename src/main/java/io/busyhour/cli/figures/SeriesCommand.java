package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code hourly} and {@code daily} have in common. */
abstract class SeriesCommand implements Callable<Integer> {
  private static final int BAR = 24;

  @Mixin private Connection connection;

  @Option(names = "--campaign", paramLabel = "<id>", description = "calls of this campaign")
  private String campaign;

  @Option(names = "--account", paramLabel = "<id>", description = "calls of this account")
  private String account;

  /** What is asked for. */
  abstract Query query();

  /** The name of the field that says when a bucket begins. */
  abstract String time();

  @Override
  public Integer call() throws InterruptedException {
    Query query = query().with("campaign", campaign).with("account", account);
    return connection.show(query.path(), this::show);
  }

  private void show(JsonNode body, PrintWriter out) {
    out.print(table(body.path("timeseries")));
  }

  private Table table(JsonNode series) {
    Table table =
        new Table(time() + " (UTC)", "calls", "completed", "failed", "talk", " ".repeat(BAR));
    long most = 0;
    for (JsonNode bucket : series) {
      most = Math.max(most, bucket.path("total").asLong());
    }
    for (JsonNode bucket : series) {
      long total = bucket.path("total").asLong();
      table.row(
          bucket.path(time()).asText().replaceFirst("T(.{5}).*", " $1"),
          total,
          bucket.path("completed").asLong(),
          bucket.path("failed").asLong(),
          Shown.seconds(bucket.path("avg_duration")),
          Shown.bar(total, most, BAR));
    }
    return table;
  }
}
