package io.busyhour.receive.kamailio;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.http.Refusal;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a record has in it: it is read, or refused. */
class RecordsProperties {
  private static final int MIB = 1024 * 1024;
  private static final List<String> LINES =
      Stream.of("acc.txt", "cdr.txt", "syslog.txt")
          .flatMap(file -> Payloads.text("kamailio/" + file).lines())
          .toList();
  private static final List<String> OBJECTS =
      Stream.concat(
              Stream.of("acc", "cdr", "row")
                  .map(name -> Payloads.text("kamailio/" + name + ".json")),
              Stream.of("{\"event\":\"dialog:failed\",\"callid\":\"c\",\"time\":1.5,\"code\":487}"))
          .toList();
  private static final Object[] VALUES = {
    "",
    "0",
    "0.0",
    "-1",
    "1e9",
    "NaN",
    "1762186801",
    "1762186801.5",
    "99999999999999999999",
    "2025-11-03T16:20:01Z",
    "2025-11-03 16:20:01",
    "\u0000",
    "\ud83d\ude00",
    "x".repeat(300),
    "sip:;@?",
    "011000",
    "+",
    "487",
    "699",
    "700",
    0,
    -1,
    200,
    486,
    1762186801L,
    true,
    new java.math.BigDecimal("1e-390"),
    new java.math.BigDecimal("1e390"),
    List.of(1),
    Map.of()
  };

  private final Records initial = new Records(CdrStart.INITIAL, DoorServer.NOW);
  private final Records confirmed = new Records(CdrStart.CONFIRMED, DoorServer.NOW);

  @Property(tries = 500)
  void anyBytes_asALine_areReadOrRefused(@ForAll byte[] line) {
    check(() -> initial.delivery(Line.fields(line, 0, line.length)));
  }

  @Property(tries = 1000)
  void mutatedLine_isReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] line = mutated(LINES.get(random.nextInt(LINES.size())), random);
    check(() -> confirmed.delivery(Line.fields(line, 0, line.length)));
  }

  @Property(tries = 1000)
  void anyValue_ofAnyField_isReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = OBJECTS.get(random.nextInt(OBJECTS.size())).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> fields = new LinkedHashMap<>(JsonReader.object(json, 0, json.length, MIB));
    List<String> names = List.copyOf(fields.keySet());
    for (int i = random.nextInt(3); i >= 0; i--) {
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        fields.remove(name);
      } else {
        fields.put(name, VALUES[random.nextInt(VALUES.length)]);
      }
    }
    check(() -> (random.nextBoolean() ? initial : confirmed).delivery(fields));
  }

  @Property(tries = 300)
  void line_fieldsThatAreWritten_areReadBack(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Object> extras = new LinkedHashMap<>();
    StringBuilder line =
        new StringBuilder("ACC: transaction answered: timestamp=1;method=INVITE;from_tag=a");
    for (int i = 0; i < random.nextInt(8); i++) {
      String value = text(random);
      extras.put("extra_" + i, value);
      line.append(";extra_").append(i).append('=').append(value);
    }
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    Map<String, Object> fields = Line.fields(bytes, 0, bytes.length);
    assertThat(fields).containsAllEntriesOf(extras).containsEntry("method", "INVITE");
  }

  /** Texts with separators in them, of which none looks like the beginning of a field. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder("v");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(";; =\"'x9\u00e9".charAt(random.nextInt(9)));
    }
    return text.append('v').toString().replaceAll("[A-Za-z_][\\w.-]*=", "=");
  }

  private static byte[] mutated(String line, Random random) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) ";= .0129{\"".charAt(random.nextInt(10));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = random.nextInt(Math.min(bytes.length - from, bytes.length - at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static void check(Supplier<Delivery> reading) {
    try {
      Delivery delivery = reading.get();
      assertThat(delivery.occurrences()).isNotEmpty();
      assertThat(delivery.key().id()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
    } catch (Refusal refusal) {
      assertThat(refusal.getMessage()).isNotBlank();
    }
  }
}
