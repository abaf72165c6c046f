package io.busyhour.receive.rtpengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.http.Refusal;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Payloads;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a reply has in it: it is read, or refused. */
class ReplyProperties {
  private static final List<String> REPLIES =
      Stream.of("query", "query-without-rtcp", "statistics", "homer", "error")
          .map(name -> Payloads.text("rtpengine/" + name + ".json"))
          .toList();
  private static final Object[] VALUES = {
    "",
    "x",
    "-1",
    "42",
    "1e999",
    0,
    -1,
    5,
    500,
    1762186801L,
    1e300,
    true,
    List.of(7, Map.of()),
    Map.of("MOS", 7),
    Map.of("a", Map.of()),
    new BigDecimal("1e390"),
    new BigDecimal("1e-390")
  };

  @Property(tries = 1000)
  void anyValue_ofAnyField_isReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Object> reply = parsed(REPLIES.get(random.nextInt(REPLIES.size())));
    for (int i = random.nextInt(3); i >= 0; i--) {
      change(reply, random);
    }
    boolean ofCall = random.nextBoolean();
    check(new Subject(ofCall ? "c1" : null, "n1", random.nextBoolean() ? "100" : null), reply);
  }

  private static Map<String, Object> parsed(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return JsonReader.object(bytes, 0, bytes.length, bytes.length);
  }

  /** Goes down to some depth and puts something else there. */
  @SuppressWarnings("unchecked")
  private static void change(Map<String, Object> object, Random random) {
    List<String> names = List.copyOf(object.keySet());
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    Object within = object.get(name);
    if (within instanceof List<?> list && !list.isEmpty()) {
      within = list.get(random.nextInt(list.size()));
    }
    if (within instanceof java.util.LinkedHashMap<?, ?> part && random.nextInt(5) > 0) {
      change((Map<String, Object>) part, random);
    } else {
      object.put(name, VALUES[random.nextInt(VALUES.length)]);
    }
  }

  private static void check(Subject subject, Map<String, Object> fields) {
    try {
      Reply reply = new Reply(fields);
      reply.requireNoError();
      Delivery delivery = subject.delivery(reply, "0", DoorServer.NOW);
      assertThat(delivery.occurrences()).isNotEmpty();
      assertThat(delivery.key().id()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
    } catch (Refusal refusal) {
      assertThat(refusal.getMessage()).isNotBlank();
    }
  }
}
