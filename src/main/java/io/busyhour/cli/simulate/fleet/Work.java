package io.busyhour.cli.simulate.fleet;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.event.Event;
import io.busyhour.event.WorkEvent.Action;
import io.busyhour.event.WorkEvent.AutoscaleDone;
import io.busyhour.event.WorkEvent.JobDone;
import io.busyhour.event.WorkEvent.Status;
import java.util.List;

/** Background processes: their jobs, and who decides how many of them run. */
final class Work {
  private static final int BEATS_BETWEEN_LOOKS = 12;
  private static final double BEGINS = 0.5;
  private static final double FAILS = 0.0005;
  private static final List<String> CAUSES = List.of("mysql2_error", "timeout", "redis_error");

  private record Job(String process, String name, double seconds) {}

  private static final List<Job> JOBS =
      List.of(
          new Job("billing", "debit_account", 0.4),
          new Job("dialer", "calculate_dials", 1.2),
          new Job("hooks", "purge_deliveries", 2.5),
          new Job("reports", "daily_report", 9));

  private Work() {}

  static void tell(long beats, Dice dice, List<Event> told) {
    if (dice.chance(BEGINS)) {
      job(dice.pick(JOBS), dice, told);
    }
    if (beats % BEATS_BETWEEN_LOOKS == 0) {
      for (String process : List.of("billing", "dialer", "hooks")) {
        told.add(new AutoscaleDone(process, action(dice), dice.chance(0.0005)));
      }
    }
  }

  /** A job that is over by the beat at which it is told. */
  private static void job(Job job, Dice dice, List<Event> told) {
    told.add(new JobDone(job.process(), job.name(), Status.STARTED, null, null));
    double seconds = Math.round(1_000 * dice.logNormal(job.seconds(), 0.5)) / 1_000.0;
    boolean failed = dice.chance(FAILS);
    told.add(
        new JobDone(
            job.process(),
            job.name(),
            failed ? Status.ERROR : Status.COMPLETED,
            failed ? dice.pick(CAUSES) : null,
            seconds));
  }

  private static Action action(Dice dice) {
    double chance = dice.even();
    if (chance < 0.8) {
      return Action.NONE;
    }
    return chance < 0.9 ? Action.UP : Action.DOWN;
  }
}
