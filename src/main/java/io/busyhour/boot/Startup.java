package io.busyhour.boot;

import io.busyhour.boot.log.AccessLog;
import io.busyhour.boot.settings.Settings;
import io.busyhour.http.CutOff;
import io.busyhour.http.NoSuchPath;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.projection.meters.DialerMetrics;
import io.busyhour.projection.meters.WebhookMetrics;
import io.helidon.http.NotFoundException;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.http.HttpRouting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.Interceptor;

/** Starts the projection when the container has its beans, before any door is opened. */
@ApplicationScoped
class Startup {
  void beansAreThere(
      @Observes
          @Priority(Interceptor.Priority.PLATFORM_BEFORE)
          @Initialized(ApplicationScoped.class)
          Object event,
      CampaignMetrics campaigns,
      WebhookMetrics webhooks,
      DialerMetrics dialer) {
    Busyhour.core().project(new Folding.Collectors(campaigns, webhooks, dialer));
  }

  void routesAreMade(
      @Observes
          @Priority(Interceptor.Priority.PLATFORM_BEFORE)
          @Initialized(ApplicationScoped.class)
          Object event,
      BeanManager beans) {
    HttpRouting.Builder routing =
        beans.getExtension(ServerCdiExtension.class).serverRoutingBuilder();
    if (Busyhour.core().configuration().get(Settings.LOG_ACCESS)) {
      routing.addFilter(new AccessLog());
    }
    routing.addFilter(new CutOff());
    routing.error(NotFoundException.class, new NoSuchPath());
  }
}
