package io.busyhour.boot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;

/** Closes what is behind the doors once the container has shut them. */
@ApplicationScoped
class Shutdown {
  void doorsAreShut(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    Busyhour.stopCore();
  }
}
