package io.busyhour.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.incidents.Receiver.Told;
import io.busyhour.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Plays an incident from a server's start to the end of the alert. */
final class Play {
  /** Ordinary traffic before the incident: the first calls that end are those that failed. */
  private static final Duration BEFORE = Duration.ofSeconds(35);

  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final Scene scene;
  private final Path folder;
  private final Path rules;
  private final Alertmanager alertmanager;
  private final Receiver receiver;

  Play(Scene scene, Path folder, Path rules, Alertmanager alertmanager, Receiver receiver) {
    this.scene = scene;
    this.folder = folder.resolve(scene.incident);
    this.rules = rules;
    this.alertmanager = alertmanager;
    this.receiver = receiver;
  }

  /** Fails unless the alert comes and goes, and no other critical one does. */
  void run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      if (scene == Scene.TRUNK_OUTAGE) {
        alertmanager.tell(scene.incident, server.uri().resolve("/v1/alerts"));
      }
      play(server);
      if (scene == Scene.TRUNK_OUTAGE) {
        awaitDoor(server);
      }
      server.kill();
    }
  }

  private void play(ServerProcess server) throws IOException, InterruptedException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant from = start.plus(BEFORE);
    try (Simulated traffic = withIncident(server, start)) {
      await(
          server,
          "/metrics?name=webhook_active_workers",
          Pattern.compile("(?m)^webhook_active_workers 3"));
      try (Prometheus prometheus =
          Prometheus.start(
              folder.resolve("prometheus"), scene.incident, server.uri(), rules, alertmanager)) {
        awaitAlert(true, from, prometheus);
        Instant known = Instant.now();
        Instant end = scene.isOverByItself() ? from.plusSeconds(scene.seconds()) : known;
        try (Simulated after = scene.isOverByItself() ? traffic : ordinary(server, traffic)) {
          awaitAlert(false, end, prometheus);
          assertThat(after.goesOn()).isTrue();
        }
        tell(Duration.between(from, known), Duration.between(known, Instant.now()));
      }
    }
    assertThat(alerts(true))
        .as("critical alerts of %s", scene.incident)
        .isSubsetOf(scene.critical());
  }

  private Simulated withIncident(ServerProcess server, Instant start) throws InterruptedException {
    return Simulated.start(
        folder,
        server.uri(),
        scene.rate,
        "--at=" + start,
        "--incident=" + scene.incident,
        "--incident-after=" + BEFORE.toSeconds() + "s",
        "--incident-for=" + scene.seconds() + "s");
  }

  /** The incident is over: other traffic goes on in its place, without a gap. */
  private Simulated ordinary(ServerProcess server, Simulated traffic) throws InterruptedException {
    Simulated ordinary = Simulated.start(folder, server.uri(), scene.rate);
    traffic.close();
    return ordinary;
  }

  private void awaitAlert(boolean firing, Instant notBefore, Prometheus prometheus)
      throws IOException, InterruptedException {
    Told told =
        receiver.await(
            one ->
                one.incident().equals(scene.incident)
                    && one.alert().equals(scene.alert)
                    && one.firing() == firing
                    && !one.at().isBefore(notBefore),
            DEADLINE);
    if (told == null) {
      throw new AssertionError(
          "%s: %s is not %s; told: %s; Prometheus: %s"
              .formatted(
                  scene.incident,
                  scene.alert,
                  firing ? "firing" : "resolved",
                  receiver.of(scene.incident),
                  prometheus.get("/api/v1/alerts")));
    }
  }

  /** Busyhour's own door was told of both, and took them. */
  private static void awaitDoor(ServerProcess server) throws IOException, InterruptedException {
    Pattern both =
        Pattern.compile(
            "\"source\":\"alertmanager\",\"received\":\\d+,\"accepted\":([2-9]|\\d\\d)");
    await(server, "/ledger", both);
  }

  private static void await(ServerProcess server, String path, Pattern text)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    String body = server.get(path).body();
    while (!text.matcher(body).find()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + text + " in " + path + ":\n" + body);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      body = server.get(path).body();
    }
  }

  /** The names of those that were told of. */
  private Set<String> alerts(boolean critical) {
    Set<String> names = new TreeSet<>();
    receiver.of(scene.incident).stream()
        // Five servers on a small machine may miss scrapes for the 8 s that its three minutes are
        // here: no incident, and rules/tests holds it.
        .filter(told -> !told.alert().equals("BusyhourDown"))
        .filter(told -> told.severity().equals("critical") == critical)
        .forEach(told -> names.add(told.alert()));
    return names;
  }

  private void tell(Duration until, Duration over) {
    System.out.printf(
        Locale.ROOT,
        "%s: %s after %d s, over %d s later; beside it %s%n",
        scene.incident,
        scene.alert,
        until.toSeconds(),
        over.toSeconds(),
        alerts(false));
  }
}
