package io.busyhour.boot.health;

import io.busyhour.journal.Journal;
import io.busyhour.projection.Progress;
import io.busyhour.projection.Runner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: the journal takes events, and what it held at the start is in rows and figures. */
@Readiness
@ApplicationScoped
class ReadyCheck implements HealthCheck {
  private final Journal journal;
  private final Runner runner;

  /** For the container's proxy only. */
  protected ReadyCheck() {
    this(null, null);
  }

  @Inject
  ReadyCheck(Journal journal, Runner runner) {
    this.journal = journal;
    this.runner = runner;
  }

  @Override
  public HealthCheckResponse call() {
    Progress progress = runner.progress();
    long lag = Math.max(0, journal.tip().position() - progress.position());
    return HealthCheckResponse.named("busyhour")
        .withData("journal", journal.isOpen() ? "open" : "cannot be written")
        .withData("projection", state(progress))
        .withData("projection_position", progress.position())
        .withData("projection_lag_events", lag)
        .status(
            journal.isOpen()
                && runner.isAlive()
                && progress.isCaughtUp()
                && progress.failure() == null)
        .build();
  }

  private static String state(Progress progress) {
    if (progress.failure() != null) {
      return "stands still after position " + progress.position() + "; the log says why";
    }
    return progress.isCaughtUp() ? "up to date" : "catching up";
  }
}
