package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.terminal.Table;
import java.time.Duration;

/** Calls that have been open for long, for people. */
final class ZombieTable {
  private ZombieTable() {}

  static Table of(JsonNode calls) {
    // No numbers: beside them an id has no room, and the id is what `timeline` is asked with.
    Table table = new Table("call", "began (UTC)", "open", "campaign");
    for (JsonNode call : calls) {
      table.row(
          call.path("call_id").asText(),
          Table.toTheSecond(call.path("started_at").asText()),
          age(call.path("age_seconds").asLong()),
          Table.short12(call.path("campaign_id").asText("")));
    }
    return table;
  }

  private static String age(long seconds) {
    Duration age = Duration.ofSeconds(seconds);
    return "%d:%02d h".formatted(age.toHours(), age.toMinutesPart());
  }
}
