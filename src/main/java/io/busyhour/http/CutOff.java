package io.busyhour.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Cuts off an answer that fails when part of it was sent. Jersey would end it as if it were whole;
 * here its end is held back and the connection closed, so that the reader sees that there is more.
 */
public final class CutOff implements Filter {
  private static final ThreadLocal<Boolean> FAILED = ThreadLocal.withInitial(() -> false);

  /** The answer that this thread writes is not whole, and will not be. */
  public static void here() {
    FAILED.set(true);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    FAILED.remove();
    response.streamFilter(Open::new);
    try {
      chain.proceed();
    } catch (NotWhole e) {
      throw new CloseConnectionException("an answer was cut off", e);
    }
  }

  /** An error, for Jersey keeps every exception of a stream that is closed to itself. */
  private static final class NotWhole extends Error {
    private static final long serialVersionUID = 1L;

    NotWhole() {
      super("an answer was cut off", null, false, false);
    }
  }

  /** Its end is written only if nothing failed. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      if (FAILED.get()) {
        throw new NotWhole();
      }
      out.close();
    }
  }
}
