package io.busyhour.serve.scrape;

import io.busyhour.instrument.Meters;
import io.busyhour.serve.Compression;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Snapshot and writing of 100,000 series, as a scrape does it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScrapeBenchmark {
  private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30};

  /** How many of the series are histograms of ten buckets; the others are counters. */
  @Param({"0", "10000"})
  public int histograms;

  /** The format of the answer. */
  @Param({"TEXT", "OPENMETRICS", "PROTOBUF"})
  public String format;

  /** Whether it is compressed. */
  @Param({"false", "true"})
  public boolean gzip;

  private Meters meters;

  /** Starts the benchmarks. */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(ScrapeBenchmark.class.getName()).build()).run();
  }

  /** Series of ten families each. */
  @Setup
  public void fill() {
    meters = Meters.create(100_000, Clock.systemUTC());
    for (int i = 0; i < 100_000; i++) {
      int family = i % 10;
      if (i < histograms) {
        var talk = meters.histogram("talk_" + family + "_seconds", "Talk.", SECONDS, "campaign_id");
        for (int value = 0; value < 40; value++) {
          talk.observe(value * value / 50.0, "campaign-" + i);
        }
      } else {
        meters
            .counter("calls_" + family + "_total", "Calls.", "campaign_id", "user_id", "outcome")
            .add(i, "campaign-" + i, "user-" + i % 100, "completed");
      }
    }
  }

  /** Everything, into nothing. */
  @Benchmark
  public void scrape() throws IOException {
    Format chosen = Format.valueOf(format);
    MetricSnapshots snapshots = meters.snapshots(name -> true, chosen.isNative());
    OutputStream nothing = OutputStream.nullOutputStream();
    try (OutputStream out = gzip ? Compression.of(nothing) : nothing) {
      chosen.write(out, snapshots);
    }
  }
}
