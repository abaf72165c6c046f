package io.busyhour.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands {@code serve}, {@code demo} and {@code check-config}. */
@Command
final class Start implements Callable<Integer> {
  private final Launch launch;
  private final Launch.Task task;

  @Option(
      names = "-D",
      paramLabel = "<key=value>",
      description = "a setting, such as -Dserver.port=9090; may be repeated")
  private Map<String, String> settings = Map.of();

  Start(Launch launch, Launch.Task task) {
    this.launch = launch;
    this.task = task;
  }

  @Override
  public Integer call() throws Exception {
    settings.forEach(System::setProperty);
    return launch.run(task);
  }
}
