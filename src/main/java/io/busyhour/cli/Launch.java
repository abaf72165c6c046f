package io.busyhour.cli;

/** What commands do in this process itself; whoever starts the command line says how. */
public interface Launch {
  /** What is to be done. */
  enum Task {
    /** Runs a server until the process is told to stop. */
    SERVE,
    /** Does so, and sends simulated traffic to it. */
    DEMO,
    /** Says whether a server would take its settings, without starting one. */
    CHECK
  }

  /**
   * Does it.
   *
   * @return the exit code
   */
  int run(Task task) throws Exception;
}
