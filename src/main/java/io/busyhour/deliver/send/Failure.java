package io.busyhour.deliver.send;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Why nobody answered. The words are for people and programs, and name no address. */
public enum Failure {
  /** The URL is none that is sent to: another scheme, no host, with user information. */
  BAD_URL,
  /** There is no key to sign with. */
  NO_SECRET,
  /** The host has no address that may be sent to. */
  ADDRESS_REFUSED,
  /** The host has no address. */
  UNKNOWN_HOST,
  /** Nobody takes connections there. */
  CONNECT_FAILED,
  /** No safe connection came about, such as for a certificate of another name. */
  TLS_FAILED,
  /** Time was up. */
  TIMEOUT,
  /** The connection ended before there was an answer. */
  CLOSED,
  /** What came is no HTTP, or too much of it. */
  PROTOCOL_ERROR,
  /** Something else, on this side. */
  ERROR;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Such as {@code address_refused}. */
  public String word() {
    return word;
  }

  static Failure of(Exception e) {
    return switch (e) {
      case Names.Refused refused -> ADDRESS_REFUSED;
      case Names.Late late -> TIMEOUT;
      case UnknownHostException unknown -> UNKNOWN_HOST;
      // Also those of the connection being made.
      case SocketTimeoutException late -> TIMEOUT;
      case InterruptedIOException cancelled -> TIMEOUT;
      case ConnectException nobody -> CONNECT_FAILED;
      case NoRouteToHostException nobody -> CONNECT_FAILED;
      case SSLException tls -> TLS_FAILED;
      case MessageConstraintException tooMuch -> PROTOCOL_ERROR;
      case ClientProtocolException protocol -> PROTOCOL_ERROR;
      case IOException closed -> CLOSED;
      case HttpException protocol -> PROTOCOL_ERROR;
      default -> ERROR;
    };
  }
}
