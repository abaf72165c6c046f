package io.busyhour.cli.remote;

import java.time.Duration;

/**
 * Delivers batches of events until the server has stored them. Sending again is safe: the server
 * recognises a repeat by the event's source and id. For one thread.
 */
public final class Uploader {
  private static final String PATH = "/v1/events";
  private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

  /** So long a server may be away or overloaded before the delivery is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Server server;
  private final Pause pause;
  private boolean wasThere;

  /** Delivers to a server, pausing this way. */
  public Uploader(Server server, Pause pause) {
    this.server = server;
    this.pause = pause;
  }

  /**
   * Delivers one batch.
   *
   * @throws ServerProblem when the server refuses the batch as a whole, is not there at the first
   *     batch, or stays away or overloaded for two minutes
   */
  public Receipt deliver(String contentType, byte[] batch) throws InterruptedException {
    Duration waited = Duration.ZERO;
    while (true) {
      Duration wait = DEFAULT_RETRY;
      ServerProblem problem;
      try {
        Answer answer = server.post(PATH, contentType, batch);
        wasThere = true;
        if (Receipt.isIn(answer.body())) {
          return Receipt.read(answer.body());
        }
        if (answer.status() != 503 && answer.status() != 429) {
          throw ServerProblem.refused(server.url(), answer.message());
        }
        wait = answer.retryAfter().orElse(DEFAULT_RETRY);
        problem = ServerProblem.overloaded(server.url(), answer.message());
      } catch (ServerProblem e) {
        if (!e.isPassing() || !wasThere) {
          throw e;
        }
        problem = e;
      }
      waited = waited.plus(wait);
      if (waited.compareTo(PATIENCE) > 0 || !pause.pause(wait)) {
        throw problem;
      }
    }
  }
}
