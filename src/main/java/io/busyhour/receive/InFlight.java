package io.busyhour.receive;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory of all request bodies together: each request takes what it needs as it grows,
 * and gives it back when it was answered. For all threads; a {@link Share} is for one.
 */
public final class InFlight {
  private final Semaphore free;

  /** So many bytes for all requests together. */
  public InFlight(int bytes) {
    free = new Semaphore(bytes);
  }

  /** What one request holds; nothing to begin with. */
  public Share share() {
    return new Share();
  }

  /** The bytes of one request, which closing gives back. */
  public final class Share implements AutoCloseable {
    private int taken;

    private Share() {}

    /**
     * Takes more bytes.
     *
     * @throws Refusal overloaded, at once: whoever waited here would keep what it holds already
     */
    void take(int bytes) {
      if (!free.tryAcquire(bytes)) {
        throw new Refusal(
            Reason.OVERLOADED,
            "Too much is being received at once; nothing of this request was stored, send it"
                + " again.");
      }
      taken += bytes;
    }

    @Override
    public void close() {
      free.release(taken);
      taken = 0;
    }
  }
}
