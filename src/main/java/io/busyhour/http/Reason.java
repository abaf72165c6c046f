package io.busyhour.http;

import java.util.Locale;

/** Why a request or an event is refused: the closed list that answers and metrics share. */
public enum Reason {
  /** The request breaks HTTP or cannot be read to its end. */
  MALFORMED_REQUEST(400),
  /** The body is no JSON (RFC 8259). */
  MALFORMED_JSON(400),
  /** A form or a query is not percent-encoded as it should be. */
  MALFORMED_FORM(400),
  /** A line is not of the form that its door reads. */
  MALFORMED_LINE(400),
  /** Bytes that should be text are no UTF-8 (RFC 3629). */
  INVALID_UTF8(400),
  /** Something that is needed is absent. */
  MISSING_FIELD(400),
  /** A value is of another JSON type than it should be. */
  WRONG_TYPE(400),
  /** A value is outside of what it may be. */
  INVALID_VALUE(400),
  /** There is no event of this type. */
  UNKNOWN_TYPE(400),
  /** A time is no RFC 3339 time, or too far from now to be true. */
  INVALID_TIME(400),
  /** JSON is nested deeper than any event is. */
  TOO_DEEP(400),
  /** No good token came with the request. */
  UNAUTHORIZED(401),
  /** The token is good and lacks the role. */
  FORBIDDEN(403),
  /** The signature is missing or wrong. */
  BAD_SIGNATURE(403),
  /** Nothing is there. */
  NOT_FOUND(404),
  /** The resource knows no such method. */
  METHOD_NOT_ALLOWED(405),
  /** The resource cannot answer in what the client accepts. */
  NOT_ACCEPTABLE(406),
  /** The thing is in a state in which this cannot be done. */
  CONFLICT(409),
  /** The body or the batch is larger than is taken. */
  TOO_LARGE(413),
  /** The body is in a format that is not taken here. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** Busyhour itself failed. */
  INTERNAL_ERROR(500),
  /** The secret that this door proves its senders with is not set. */
  NOT_CONFIGURED(503),
  /** More is waiting to be stored than is good. */
  OVERLOADED(503),
  /** The store cannot be reached. */
  STORE_DOWN(503),
  /** The server is stopping. */
  STOPPING(503);

  private final int status;

  Reason(int status) {
    this.status = status;
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
  }

  /** The word in answers and labels, such as {@code malformed_json}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
