package io.busyhour.boot.health;

import io.busyhour.journal.Journal;
import io.busyhour.projection.Progress;
import io.busyhour.projection.Runner;
import io.busyhour.serve.health.Vitals.Part;
import java.util.List;

/** What the health of the figures hears of the parts that they come from. */
public final class PartsCheck {
  private PartsCheck() {}

  /** The journal and the projection, as they are now. */
  public static List<Part> of(Journal journal, Runner runner) {
    return List.of(
        new Part("journal", journal.isOpen() ? null : "The journal cannot be written."),
        new Part("projection", fault(runner)));
  }

  private static String fault(Runner runner) {
    Progress progress = runner.progress();
    if (!runner.isAlive()) {
      return "The projection does not run; the log says why.";
    }
    if (progress.failure() != null) {
      return "The projection stands still after position %d; the log says why."
          .formatted(progress.position());
    }
    return progress.isCaughtUp() ? null : "The figures are not complete yet.";
  }
}
