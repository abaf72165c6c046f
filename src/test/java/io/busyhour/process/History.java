package io.busyhour.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A past of so many calls, spread evenly over the time before now: 50 campaigns of 20 accounts over
 * 5 trunks, five of six calls completed. The same seed makes the same calls.
 */
final class History {
  private static final int CAMPAIGNS = 50;
  private static final int ACCOUNTS = 20;
  private static final int TRUNKS = 5;
  private static final List<String> FAILED = List.of("busy", "no_answer", "failed", "timeout");

  private final Instant end;
  private final Duration span;
  private final long calls;
  private final Random random = new Random(1);

  History(Instant end, Duration span, long calls) {
    this.end = end;
    this.span = span;
    this.calls = calls;
  }

  /** The events of some calls, two each, as one batch. */
  byte[] batch(long first, int count) {
    StringBuilder out = new StringBuilder(count * 700);
    for (long n = first; n < Math.min(calls, first + count); n++) {
      out.append(out.isEmpty() ? '[' : ',');
      call(n, out);
    }
    return out.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void call(long n, StringBuilder out) {
    Instant start =
        end.minus(span)
            .plusMillis((n + 1) * span.toMillis() / (calls + 1))
            .truncatedTo(ChronoUnit.MILLIS);
    double talk = Math.min(3_000, Math.exp(random.nextGaussian() + 4));
    boolean completed = random.nextInt(6) > 0;
    String outcome =
        completed
            ? "\"completed\",\"duration_seconds\":%.3f,\"cost\":\"%.4f\""
                .formatted(talk, talk / 4000)
            : "\"%s\",\"sip_code\":486".formatted(FAILED.get(random.nextInt(FAILED.size())));
    event(
        out,
        n,
        "initiated",
        start,
        ("\"account\":\"account-%d\",\"campaign_id\":\"campaign-%d\",\"user_id\":\"u\","
                + "\"trunk\":\"trunk-%d\",\"provider\":\"p\",\"direction\":\"%s\","
                + "\"from\":\"+1415555%04d\",\"to\":\"+1303555%04d\"")
            .formatted(
                n % ACCOUNTS,
                n % CAMPAIGNS,
                n % TRUNKS,
                n % 3 == 0 ? "inbound" : "outbound",
                n % 10_000,
                random.nextInt(10_000)));
    out.append(',');
    Instant ended = start.plusMillis(4_000 + (completed ? (long) (talk * 1000) : 0));
    event(out, n, "ended", ended.isBefore(end) ? ended : end, "\"outcome\":" + outcome);
  }

  private static void event(StringBuilder out, long n, String type, Instant time, String data) {
    out.append(
        String.format(
            Locale.ROOT,
            "{\"specversion\":\"1.0\",\"source\":\"/past\",\"id\":\"%s-%d\",\"time\":\"%s\","
                + "\"type\":\"call.%s\",\"data\":{\"call_id\":\"past-%08d\",%s}}",
            type,
            n,
            time,
            type,
            n,
            data));
  }
}
