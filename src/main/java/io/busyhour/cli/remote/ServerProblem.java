package io.busyhour.cli.remote;

import java.net.URI;

/** Says in one sentence, for whoever sits at the terminal, why the server did not do it. */
public final class ServerProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether it may work at another time. */
  private final boolean passing;

  private ServerProblem(boolean passing, String sentence, Throwable cause) {
    super(sentence, cause);
    this.passing = passing;
  }

  static ServerProblem away(URI url, Throwable cause) {
    return new ServerProblem(
        true,
        "no Busyhour answers at %s (%s): start it with ./busyhour serve, or name it with --url"
            .formatted(url, reason(cause)),
        cause);
  }

  static ServerProblem slow(URI url) {
    return new ServerProblem(true, url + " did not answer in time: try again later", null);
  }

  static ServerProblem overloaded(URI url, String detail) {
    return new ServerProblem(
        true, "%s cannot take events at present: %s".formatted(url, detail), null);
  }

  static ServerProblem refused(URI url, String detail) {
    return new ServerProblem(false, "%s refused: %s".formatted(url, detail), null);
  }

  static ServerProblem wrongToken(URI url, boolean sent, int status) {
    String remedy =
        status == 403
            ? "the token lacks the role for this"
            : sent
                ? "the token in --token-file is not one of its tokens"
                : "it wants a token, name its file with --token-file";
    return new ServerProblem(false, "%s refused (%d): %s".formatted(url, status, remedy), null);
  }

  static ServerProblem notBusyhour(URI url, int status) {
    return new ServerProblem(
        false, "%s answered %d in no form of Busyhour's: is it one?".formatted(url, status), null);
  }

  private static String reason(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t.getMessage() != null) {
        return t.getMessage();
      }
    }
    return "connection refused";
  }

  /** Whether the same request may work at another time. */
  public boolean isPassing() {
    return passing;
  }
}
