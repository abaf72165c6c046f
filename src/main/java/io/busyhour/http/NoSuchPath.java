package io.busyhour.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.NotFoundException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Answers requests for a path at which there is nothing, in the form of all refusals. */
public final class NoSuchPath implements ErrorHandler<NotFoundException> {
  private static final byte[] BODY =
      Answers.body(Reason.NOT_FOUND, "There is nothing at this path; GET /openapi lists those.");

  @Override
  public void handle(ServerRequest request, ServerResponse response, NotFoundException fault) {
    response.status(Status.NOT_FOUND_404);
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(BODY);
  }
}
