package io.busyhour.serve.timeline;

import io.busyhour.event.Occurrence;
import io.busyhour.event.field.PhoneNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The data of an event for those who may not see phone numbers. The fields that events have are
 * known to hold none, but for a few; whatever else a sender adds may hold one anywhere.
 */
final class ShownData {
  private static final Set<String> ADDRESSES = Set.of("from", "to", "room_name");
  // As many digits as the shortest number that is masked.
  private static final BigInteger SHORTEST_NUMBER = BigInteger.valueOf(1_000_000);

  private ShownData() {}

  static Map<String, Object> masked(Occurrence said) {
    Set<String> fields = Occurrence.of(said.time(), said.event()).data().keySet();
    Map<String, Object> shown = new LinkedHashMap<>();
    said.data()
        .forEach(
            (name, value) -> {
              if (!fields.contains(name)) {
                shown.put(PhoneNumber.mask(name), masked(value));
              } else {
                shown.put(name, ADDRESSES.contains(name) ? masked(value) : international(value));
              }
            });
    return shown;
  }

  private static Object international(Object value) {
    return value instanceof String text ? PhoneNumber.maskInternational(text) : value;
  }

  private static Object masked(Object value) {
    return switch (value) {
      case null -> null;
      case String text -> PhoneNumber.mask(text);
      case List<?> list -> list.stream().map(ShownData::masked).toList();
      case Map<?, ?> map -> masked(map);
      case Number number -> isLong(number) ? PhoneNumber.mask(plain(number)) : number;
      default -> value;
    };
  }

  private static Map<String, Object> masked(Map<?, ?> map) {
    Map<String, Object> shown = new LinkedHashMap<>();
    map.forEach((key, value) -> shown.put(PhoneNumber.mask(key.toString()), masked(value)));
    return shown;
  }

  private static boolean isLong(Number number) {
    return new BigDecimal(number.toString()).toBigInteger().abs().compareTo(SHORTEST_NUMBER) >= 0;
  }

  private static String plain(Number number) {
    return new BigDecimal(number.toString()).toPlainString();
  }
}
