package io.busyhour.cli.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A Busyhour server at an address, spoken to over HTTP; for use by any thread. */
public final class Server {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // Else 150.0 becomes 1.5E+2.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI url;
  private final String token;

  /**
   * A server that is spoken to with a token.
   *
   * @param url where it listens, such as {@code http://localhost:8080}
   * @param token what it is asked with, or null
   */
  public Server(URI url, String token) {
    this.url = url;
    this.token = token;
  }

  /** Where it listens. */
  public URI url() {
    return url;
  }

  /** Reads what is at a path; an answer of the server's own is returned, good or not. */
  public Answer get(String path) throws InterruptedException {
    return ask(request(path).GET());
  }

  /** Posts a body; an answer of the server's own is returned, good or not. */
  public Answer post(String path, String contentType, byte[] body) throws InterruptedException {
    return ask(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
  }

  /**
   * Reads what is at a path as it comes.
   *
   * @param reader is given the lines of a good answer; it throws what reading them throws
   * @return the answer, without a body if it was good
   */
  public Answer read(String path, LineReader reader) throws InterruptedException, IOException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request(path).GET().build(), BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw ServerProblem.slow(url);
    } catch (IOException e) {
      throw ServerProblem.away(url, e);
    }
    checkToken(response.statusCode());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 200) {
        reader.read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        return new Answer(200, Optional.empty(), MissingNode.getInstance());
      }
      byte[] refusal = body.readAllBytes();
      return new Answer(
          response.statusCode(), retryAfter(response), json(response.statusCode(), refusal));
    }
  }

  /** Takes in an answer line by line. */
  public interface LineReader {
    /** Reads it to its end. */
    void read(BufferedReader lines) throws IOException;
  }

  private HttpRequest.Builder request(String path) {
    String base = url.toString().replaceFirst("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer ask(HttpRequest.Builder request) throws InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (HttpTimeoutException e) {
      throw ServerProblem.slow(url);
    } catch (IOException e) {
      throw ServerProblem.away(url, e);
    }
    int status = response.statusCode();
    checkToken(status);
    return new Answer(status, retryAfter(response), json(status, response.body()));
  }

  private void checkToken(int status) {
    if (status == 401 || status == 403) {
      throw ServerProblem.wrongToken(url, token != null, status);
    }
  }

  private JsonNode json(int status, byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw ServerProblem.notBusyhour(url, status);
    } catch (IOException e) {
      throw ServerProblem.away(url, e);
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    // RFC 9110, 10.2.3 also allows a date; Busyhour never sends one.
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}
