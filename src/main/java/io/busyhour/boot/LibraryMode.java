package io.busyhour.boot;

import io.busyhour.instrument.label.LabelExtension;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.serve.scrape.Scrape;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessSyntheticAnnotatedType;
import jakarta.interceptor.Interceptor;
import java.util.Set;

/**
 * Keeps Busyhour's server out of an application that has Busyhour on its class path as a library:
 * where nobody started the server, no door, view, check or database of it is there, but what counts
 * and {@code /metrics} are.
 */
public class LibraryMode implements Extension {
  private static final String OURS = "io.busyhour.";

  /** Where the beans for any application are. */
  private static final Set<String> FOR_ALL =
      Set.of(
          LabelExtension.class.getPackageName(),
          CampaignMetrics.class.getPackageName(),
          Scrape.class.getPackageName());

  /** For the container, which loads it as a service. */
  public LibraryMode() {}

  void choose(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ProcessAnnotatedType<?> event) {
    Class<?> type = event.getAnnotatedType().getJavaClass();
    // What somebody adds by hand is wanted.
    boolean discovered = !(event instanceof ProcessSyntheticAnnotatedType);
    if (discovered && type.getName().startsWith(OURS) && isOfTheOtherMode(type)) {
      event.veto();
    }
  }

  private static boolean isOfTheOtherMode(Class<?> type) {
    boolean library = Busyhour.core() == null;
    if (type == LibraryBeans.class) {
      return !library;
    }
    return library && !FOR_ALL.contains(type.getPackageName());
  }
}
