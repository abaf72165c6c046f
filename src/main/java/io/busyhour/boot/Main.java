package io.busyhour.boot;

import io.busyhour.cli.Cli;

/** Starts Busyhour. */
public final class Main {
  private Main() {}

  /** Starts Busyhour. */
  public static void main(String[] args) {
    System.exit(Cli.run(Main::serve, args));
  }

  private static int serve(boolean demo) {
    throw new UnsupportedOperationException("the server is not part of this branch");
  }
}
