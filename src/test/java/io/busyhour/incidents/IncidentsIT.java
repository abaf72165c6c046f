package io.busyhour.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.rules.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each incident that the simulator plays is noticed: a packaged Busyhour under simulated traffic, a
 * Prometheus with the rules that ship (see {@link ShortRules}), an Alertmanager, and somebody who
 * is told. The alert comes, no other critical one does, and it goes when the incident is over.
 *
 * <p>It is skipped unless it is asked for with {@code -Dprometheus.required=true}. Nothing runs
 * beside it: a scrape that comes late, because servers are killed meanwhile, is an alert, too.
 */
@Isolated
class IncidentsIT {
  /** So many servers run at once. */
  private static final int STAGES = Integer.getInteger("incidents.stages", 5);

  private static final long MINUTES = 10;

  @TempDir private static Path folder;

  private static final Map<Scene, Future<?>> PLAYS = new EnumMap<>(Scene.class);
  private static ExecutorService stages;
  private static Receiver receiver;
  private static Alertmanager alertmanager;

  @BeforeAll
  static void begin() throws IOException, InterruptedException {
    Tool.needForProof("prometheus");
    Tool.needForProof("prometheus-alertmanager");
    Path rules = folder.resolve("rules");
    ShortRules.copy(rules);
    assertThat(rules).isNotEmptyDirectory();
    receiver = new Receiver();
    alertmanager = Alertmanager.start(folder.resolve("alertmanager"), receiver.url());
    stages = Executors.newFixedThreadPool(STAGES);
    for (Scene scene : Scene.values()) {
      Play play = new Play(scene, folder, rules, alertmanager, receiver);
      PLAYS.put(
          scene,
          stages.submit(
              () -> {
                play.run();
                return null;
              }));
    }
  }

  @AfterAll
  static void end() throws InterruptedException {
    if (stages != null) {
      stages.shutdownNow();
      stages.awaitTermination(1, TimeUnit.MINUTES);
    }
    if (alertmanager != null) {
      alertmanager.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void incident_firesItsAlertAndNoOtherCriticalOne_andIsOver(Scene scene) throws Throwable {
    try {
      PLAYS.get(scene).get(MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
