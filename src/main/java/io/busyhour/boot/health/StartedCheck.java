package io.busyhour.boot.health;

import io.busyhour.projection.Runner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: what was saved last has been taken up. */
@Startup
@ApplicationScoped
class StartedCheck implements HealthCheck {
  private final Runner runner;

  /** For the container's proxy only. */
  protected StartedCheck() {
    this(null);
  }

  @Inject
  StartedCheck(Runner runner) {
    this.runner = runner;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("projection").status(runner.progress().restored()).build();
  }
}
