package io.busyhour.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands {@code serve} and {@code demo}. */
@Command
final class Start implements Callable<Integer> {
  private final Launch launch;
  private final boolean demo;

  @Option(
      names = "-D",
      paramLabel = "<key=value>",
      description = "a setting, such as -Dserver.port=9090; may be repeated")
  private Map<String, String> settings = Map.of();

  Start(Launch launch, boolean demo) {
    this.launch = launch;
    this.demo = demo;
  }

  @Override
  public Integer call() throws Exception {
    settings.forEach(System::setProperty);
    return launch.run(demo);
  }
}
