package io.busyhour.instrument.label;

import io.busyhour.instrument.Meters;
import io.helidon.config.mp.MpConfigSources;
import io.helidon.microprofile.config.ConfigCdiExtension;
import io.helidon.microprofile.metrics.MetricsCdiExtension;
import io.helidon.microprofile.server.JaxRsCdiExtension;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a call of a bean costs that is not measured, measured by MicroProfile, and with labels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LabelBenchmark {
  private SeContainer container;
  private Desk desk;
  private int i;

  /** Starts the benchmarks. */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(LabelBenchmark.class.getName()).build()).run();
  }

  /** An order to call somebody. */
  record Order(String campaign, String trunk) {}

  /** The bean. */
  @ApplicationScoped
  static class Desk {
    private static final String[] CAMPAIGNS = {"spring", "summer", "autumn", "winter"};
    private long calls;

    long plain(String campaign, String user) {
      return ++calls + campaign.length() + user.length();
    }

    @Counted(name = "counted", absolute = true)
    long counted(String campaign, String user) {
      return plain(campaign, user);
    }

    @Counted(name = "labelled_counted", absolute = true)
    long labelled(@Label("campaign_id") String campaign, @Label("user_id") String user) {
      return plain(campaign, user);
    }

    @Counted(name = "properties_counted", absolute = true)
    long properties(
        @Label(value = "campaign_id", property = "campaign")
            @Label(value = "trunk", property = "trunk")
            Order order) {
      return plain(order.campaign(), order.trunk());
    }

    @Counted(name = "result_counted", absolute = true)
    @Label(value = "result", of = Label.Of.RESULT)
    String result(@Label("campaign_id") String campaign, String user) {
      return plain(campaign, user) > 0 ? "done" : "none";
    }

    @Timed(name = "timed", absolute = true)
    long timed(String campaign, String user) {
      return plain(campaign, user);
    }

    @Timed(name = "labelled_timed", absolute = true)
    long labelledTimed(@Label("campaign_id") String campaign, @Label("user_id") String user) {
      return plain(campaign, user);
    }
  }

  /** A Helidon server with the bean. */
  @Setup
  public void start() {
    ConfigProviderResolver configs = ConfigProviderResolver.instance();
    configs.registerConfig(
        configs
            .getBuilder()
            .withSources(
                MpConfigSources.create(
                    Map.of(
                        "server.port", "0",
                        "server.host", "127.0.0.1",
                        "mp.initializer.allow", "true",
                        "mp.initializer.no-warn", "true")))
            .build(),
        Thread.currentThread().getContextClassLoader());
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Desk.class)
            .addExtensions(
                new ConfigCdiExtension(),
                new ServerCdiExtension(),
                new JaxRsCdiExtension(),
                new MetricsCdiExtension(),
                new LabelExtension(),
                new Contained.Given(Meters.create(10_000, Clock.systemUTC())))
            .initialize();
    desk = container.select(Desk.class).get();
  }

  /** Stops it. */
  @TearDown
  public void stop() {
    container.close();
  }

  private String campaign() {
    return Desk.CAMPAIGNS[i++ & 3];
  }

  /** A call that nobody counts: the proxy of the bean and the method itself. */
  @Benchmark
  public long notMeasured() {
    return desk.plain(campaign(), "anna");
  }

  /** By MicroProfile, without labels. */
  @Benchmark
  public long countedPlain() {
    return desk.counted(campaign(), "anna");
  }

  /** With two parameters as labels. */
  @Benchmark
  public long countedWithLabels() {
    return desk.labelled(campaign(), "anna");
  }

  /** With two properties of a parameter as labels. */
  @Benchmark
  public long countedWithProperties() {
    return desk.properties(new Order(campaign(), "t1"));
  }

  /** With a parameter and the result as labels. */
  @Benchmark
  public String countedWithResult() {
    return desk.result(campaign(), "anna");
  }

  /** By MicroProfile, without labels. */
  @Benchmark
  public long timedPlain() {
    return desk.timed(campaign(), "anna");
  }

  /** With two parameters as labels. */
  @Benchmark
  public long timedWithLabels() {
    return desk.labelledTimed(campaign(), "anna");
  }
}
