package io.busyhour.boot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;

/** Closes what is behind the doors once the container has shut them. */
@ApplicationScoped
class Shutdown {
  private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());

  void doorsAreShut(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    Busyhour.stopCore();
    LOG.log(Level.INFO, "Busyhour has stopped; what it acknowledged is stored");
  }
}
