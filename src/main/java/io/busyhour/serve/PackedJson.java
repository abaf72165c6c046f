package io.busyhour.serve;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Views that are worth it go out as gzip to those who ask for it. */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class PackedJson implements WriterInterceptor {
  /** A shorter one fits a packet of a network as it is. */
  private static final int WORTH_IT = 1_024;

  @Context private HttpHeaders asked;

  @Override
  public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
    if (!isWorthIt(answer)) {
      answer.proceed();
      return;
    }
    answer.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    String encodings = asked.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
    if (!Compression.wantedBy(Optional.ofNullable(encodings))) {
      answer.proceed();
      return;
    }
    answer.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
    OutputStream plain = answer.getOutputStream();
    try (OutputStream packed = Compression.of(plain)) {
      answer.setOutputStream(packed);
      answer.proceed();
    } finally {
      answer.setOutputStream(plain);
    }
  }

  private static boolean isWorthIt(WriterInterceptorContext answer) {
    return answer.getEntity() instanceof String text
        && text.length() >= WORTH_IT
        && MediaType.APPLICATION_JSON_TYPE.isCompatible(answer.getMediaType());
  }
}
