package io.busyhour.cli.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code worst}. */
@Command(name = "worst", description = "Lists the worst calls of the last hour.")
public final class Worst implements Callable<Integer> {
  private static final int DECIMALS = 3;

  @Mixin private Connection connection;

  @Option(
      names = "--by",
      paramLabel = "<measure>",
      defaultValue = "mos",
      description = "mos, jitter (ms), loss (0..1) or pdd (ms) (default: ${DEFAULT-VALUE})")
  private String by;

  @Option(
      names = "--limit",
      paramLabel = "<n>",
      defaultValue = "10",
      description = "at most so many, up to 100 (default: ${DEFAULT-VALUE})")
  private String limit;

  @Override
  public Integer call() throws InterruptedException {
    String path = new Query("/calls/worst").with("by", by).with("limit", limit).path();
    return connection.show(path, this::show);
  }

  private void show(JsonNode body, PrintWriter out) {
    Table calls = new Table("call", by, "measured (UTC)", "account", "trunk");
    for (JsonNode call : body.path("calls")) {
      calls.row(
          call.path("call_id").asText(),
          measured(call.path("value").decimalValue()),
          Table.toTheSecond(call.path("time").asText()),
          Table.short12(call.path("account").asText("")),
          Table.short12(call.path("trunk").asText("")));
    }
    out.print(calls);
  }

  /** With as many decimals as were measured, three at most: 8197 ms need none. */
  private static String measured(BigDecimal value) {
    BigDecimal shown = value.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return shown.setScale(Math.max(shown.scale(), 0)).toPlainString();
  }
}
