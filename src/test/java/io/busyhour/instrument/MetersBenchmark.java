package io.busyhour.instrument;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What an update and a snapshot cost when there are 100,000 series. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetersBenchmark {
  private static final int FAMILIES = 10;
  private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30};

  private Meters meters;
  private CounterFamily calls;
  private HistogramFamily talk;
  private int i;

  /** Starts the benchmarks. */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(MetersBenchmark.class.getName()).build()).run();
  }

  /** 90,000 counters and 10,000 histograms. */
  @Setup
  public void fill() {
    meters = Meters.create(100_000, Clock.systemUTC());
    for (int family = 0; family < FAMILIES; family++) {
      calls = meters.counter("calls_" + family + "_total", "Calls.", "campaign_id", "outcome");
      talk = meters.histogram("talk_" + family + "_seconds", "Talk.", SECONDS, "campaign_id");
      for (int series = 0; series < 9_000; series++) {
        calls.add(series, "campaign-" + series, "completed");
      }
      for (int series = 0; series < 1_000; series++) {
        for (int value = 0; value < 40; value++) {
          talk.observe(value * value / 50.0, "campaign-" + series);
        }
      }
    }
  }

  /** To a series that is there. */
  @Benchmark
  public void counterAdd() {
    calls.add(1, "campaign-17", "completed");
  }

  /** A time in whole milliseconds. */
  @Benchmark
  public void histogramObserve() {
    talk.observe((i++ & 8191) / 1000.0, "campaign-17");
  }

  /** All 100,000. */
  @Benchmark
  public MetricSnapshots snapshot() {
    return meters.snapshots(name -> true, false);
  }

  /** The state of one series. */
  @Benchmark
  public List<Meters.SeriesState> changeAndSave() {
    calls.add(1, "campaign-17", "completed");
    return meters.changed();
  }
}
