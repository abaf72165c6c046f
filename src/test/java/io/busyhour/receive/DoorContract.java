package io.busyhour.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.JournalUnavailable;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every door must do, over real HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class DoorContract {
  /** The server with the door. */
  protected DoorServer server;

  /** Starts the server. */
  @BeforeAll
  protected void start() {
    server = DoorServer.start();
  }

  /** Stops it. */
  @AfterAll
  protected void stop() {
    server.close();
  }

  /** Forgets what an earlier test did. */
  @BeforeEach
  protected void forget() {
    server.journal().clear();
  }

  /** A request with good proof and this body. */
  protected abstract HttpRequest.Builder proven(String body);

  /** A request with this body, whose proof is wrong. */
  protected abstract HttpRequest.Builder wronglyProven(String body);

  /** A request with this body and no proof at all. */
  protected abstract HttpRequest.Builder unproven(String body);

  /** A good delivery; the same for the same number. */
  protected abstract String body(int number);

  /** A good delivery with more fields than anybody knows. */
  protected abstract String bodyWithUnknownFields();

  /** A body that is as long as said, and no longer good. */
  protected abstract String bodyOf(int length);

  /** Whom refusals are counted for that come before the sender is known. */
  protected abstract String source();

  /** The status of a missing proof and that of a wrong one. */
  protected abstract int unprovenStatus();

  /** A good delivery of a kind that nobody has heard of. */
  protected abstract String bodyOfUnknownType();

  /** What makes no sense at this door. */
  protected List<String> garbage() {
    return List.of(
        "",
        "\u0000",
        "\u0000s\u0000\u0000",
        "{",
        "[1,",
        "%%%",
        "\"",
        "<a/>",
        "=\u00e9\n=\n",
        "\u20ac".repeat(99));
  }

  @Test
  void garbage_isNeitherStoredNorAFault() {
    for (String each : garbage()) {
      server.journal().clear();
      int status = server.send(proven(each)).statusCode();
      assertThat(status).as(each).isBetween(200, 499);
      assertThat(server.journal().stored()).as(each).isEmpty();
      // What is refused is in the ledger, and nothing else is.
      assertThat(server.journal().refused().isEmpty()).as(each).isEqualTo(status < 400);
    }
  }

  @Test
  void delivery_ofUnknownType_endsNoCall() {
    HttpResponse<String> answer = server.send(proven(bodyOfUnknownType()));
    if (answer.statusCode() >= 300) {
      assertRefused(answer, 400, "unknown_type");
    }
    assertThat(server.journal().stored())
        .flatExtracting(Delivery::occurrences)
        .extracting(Occurrence::event)
        .doesNotHaveAnyElementsOfTypes(CallEvent.Ended.class, CallEvent.Released.class);
  }

  @Test
  void delivery_good_isStoredOnce() {
    assertThat(server.send(proven(body(1))).statusCode()).isBetween(200, 204);
    assertThat(server.send(proven(body(1))).statusCode()).isBetween(200, 204);
    assertThat(server.send(proven(body(2))).statusCode()).isBetween(200, 204);
    assertThat(server.journal().stored()).hasSize(2);
    assertThat(server.journal().refused()).isEmpty();
  }

  @Test
  void delivery_withUnknownFields_isStored() {
    assertThat(server.send(proven(bodyWithUnknownFields())).statusCode()).isBetween(200, 204);
    assertThat(server.journal().stored()).hasSize(1);
  }

  @Test
  void proof_wrongOrMissing_nothingIsStored() {
    assertThat(server.send(wronglyProven(body(1))).statusCode()).isBetween(401, 403);
    assertThat(server.send(unproven(body(1))).statusCode()).isEqualTo(unprovenStatus());
    assertThat(server.journal().stored()).isEmpty();
    assertThat(server.journal().appends()).isZero();
    assertThat(server.journal().refused().values().stream().mapToLong(n -> n).sum()).isEqualTo(2);
    assertThat(server.journal().refused().keySet()).allMatch(k -> k.startsWith(source() + " "));
  }

  @Test
  void body_tooLong_isRefused() {
    HttpResponse<String> answer = server.send(proven(bodyOf(1024 * 1024 + 1)));
    assertRefused(answer, 413, "too_large");
    assertThat(server.journal().refused()).containsEntry(source() + " too_large", 1L);
  }

  @Test
  void body_tooLongOfUnknownLength_isRefused() {
    byte[] long20 = bodyOf(20 * 1024 * 1024).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    HttpRequest.Builder chunked =
        proven(body(1)).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(long20)));
    assertRefused(server.send(chunked), 413, "too_large");
    assertThat(server.journal().stored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"OVERLOADED, overloaded", "STORE_DOWN, store_down", "STOPPING, stopping"})
  void store_unavailable_asksToComeAgain(JournalUnavailable.Cause cause, String word) {
    server.journal().fail(cause);
    HttpResponse<String> answer = server.send(proven(body(1)));
    assertRefused(answer, 503, word);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
    assertThat(server.journal().refused().keySet()).singleElement().asString().endsWith(word);
  }

  /** Checks the status and the form of a refusal. */
  protected static void assertRefused(HttpResponse<String> answer, int status, String word) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .startsWith("{\"error\":\"" + word + "\",\"message\":\"")
        .endsWith("\"}");
  }
}
