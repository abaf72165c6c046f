package io.busyhour.event;

import io.busyhour.event.field.PhoneNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The data of an event for those who may not see phone numbers. The fields that events have are
 * known to hold none, but for a few; whatever else a sender adds may hold one anywhere.
 */
public final class MaskedData {
  private static final Set<String> ADDRESSES = Set.of("from", "to", "room_name");
  private static final Pattern AT_HOME =
      Pattern.compile("(\\d{3}\\)?[ .-]{1,2}\\d{3}[ .-])\\d{4}\\b");
  // As many digits as the shortest number that is masked.
  private static final BigInteger SHORTEST_NUMBER = BigInteger.valueOf(1_000_000);

  private MaskedData() {}

  /** The data of what was said, with every phone number in it masked. */
  public static Map<String, Object> of(Occurrence said) {
    Set<String> fields = Occurrence.of(said.time(), said.event()).data().keySet();
    Map<String, Object> shown = new LinkedHashMap<>();
    said.data()
        .forEach(
            (name, value) -> {
              if (!fields.contains(name)) {
                shown.put(masked(name), masked(value));
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
      case String text -> masked(text);
      case List<?> list -> list.stream().map(MaskedData::masked).toList();
      case Map<?, ?> map -> masked(map);
      case Number number -> isLong(number) ? PhoneNumber.mask(plain(number)) : number;
      default -> value;
    };
  }

  /** As an address, as a number with its plus and blanks, and as one is written at home. */
  private static String masked(String text) {
    String shown = PhoneNumber.maskInternational(PhoneNumber.mask(text));
    return AT_HOME.matcher(shown).replaceAll("$1****");
  }

  private static Map<String, Object> masked(Map<?, ?> map) {
    Map<String, Object> shown = new LinkedHashMap<>();
    map.forEach((key, value) -> shown.put(masked(key.toString()), masked(value)));
    return shown;
  }

  private static boolean isLong(Number number) {
    return new BigDecimal(number.toString()).toBigInteger().abs().compareTo(SHORTEST_NUMBER) >= 0;
  }

  private static String plain(Number number) {
    return new BigDecimal(number.toString()).toPlainString();
  }
}
