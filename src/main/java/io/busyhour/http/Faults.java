package io.busyhour.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/**
 * The one mapper from exception to answer. What nobody foresaw is logged with its trace and
 * answered with a plain sentence: no internals leave the server.
 */
@Provider
public class Faults implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(Faults.class.getName());

  /** The class of SQLSTATE that is of connections. */
  private static final String CONNECTION = "08";

  @Override
  public Response toResponse(Throwable fault) {
    if (fault instanceof Refusal refusal) {
      return Answers.of(refusal);
    }
    if (fault instanceof WebApplicationException e && e.getResponse().getStatus() < 500) {
      return known(e.getResponse());
    }
    if (isStoreDown(fault)) {
      LOG.log(Level.WARNING, "a request could not be answered: the store cannot be reached", fault);
      return Answers.of(
          new Refusal(Reason.STORE_DOWN, "The store cannot be reached; try again later."));
    }
    LOG.log(Level.ERROR, "a request failed unexpectedly", fault);
    return Answers.of(
        new Refusal(
            Reason.INTERNAL_ERROR, "The server failed to handle this request; its log says why."));
  }

  /** The pool has no connection to give, or one was lost; other faults of a database are ours. */
  private static boolean isStoreDown(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e
          && (e instanceof SQLTransientConnectionException
              || e instanceof SQLNonTransientConnectionException
              || (e.getSQLState() != null && e.getSQLState().startsWith(CONNECTION)))) {
        return true;
      }
    }
    return false;
  }

  /** What the HTTP layer itself refuses; its own texts are not for senders. */
  private static Response known(Response original) {
    int status = original.getStatus();
    if (status < 400) {
      return original;
    }
    if (status == Status.NOT_FOUND.getStatusCode()) {
      // No resource is there, yet Helidon's own /metrics, /health and /openapi come after the
      // resources: only an answer without a body lets the request go on to them.
      return Response.status(Status.NOT_FOUND).build();
    }
    Reason reason = reason(status);
    ResponseBuilder answer = Answers.of(status, reason, sentence(reason));
    String allow = original.getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allow).build();
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 401 -> Reason.UNAUTHORIZED;
      case 403 -> Reason.FORBIDDEN;
      case 405 -> Reason.METHOD_NOT_ALLOWED;
      case 406 -> Reason.NOT_ACCEPTABLE;
      case 413 -> Reason.TOO_LARGE;
      case 415 -> Reason.UNSUPPORTED_MEDIA_TYPE;
      default -> Reason.MALFORMED_REQUEST;
    };
  }

  private static String sentence(Reason reason) {
    return switch (reason) {
      case UNAUTHORIZED -> "A token is needed: send Authorization: Bearer <token>.";
      case FORBIDDEN -> "This is not allowed.";
      case METHOD_NOT_ALLOWED -> "This method is not known here; the Allow header lists those.";
      case NOT_ACCEPTABLE -> "Nothing here is in a format that the Accept header takes.";
      case TOO_LARGE -> "The body is larger than is taken here.";
      case UNSUPPORTED_MEDIA_TYPE -> "The Content-Type is none that is taken here.";
      default -> "The request is malformed; GET /openapi tells what is expected.";
    };
  }
}
