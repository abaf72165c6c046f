package io.busyhour.cli;

/** Starts a server in this process; whoever starts the command line says how. */
public interface Launch {
  /**
   * Runs a server until the process is told to stop.
   *
   * @param demo whether simulated traffic is sent to it
   * @return the exit code
   */
  int run(boolean demo) throws Exception;
}
