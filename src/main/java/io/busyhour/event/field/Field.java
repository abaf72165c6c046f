package io.busyhour.event.field;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One named value of an event, checked by the reader that is asked: each throws {@link
 * InvalidField} naming the field, the value and the rule, and gives null for an optional field that
 * is absent.
 */
public final class Field {
  /** The longest id, in characters. */
  public static final int MAX_ID = 128;

  private static final int MAX_TEXT = 256;
  // Beyond this many digits a number is an attack, not a measurement: 1e999999999 is ten
  // characters.
  private static final int MAX_DIGITS = 40;

  private final String type;
  private final String name;
  private final Object value;

  Field(String type, String name, Object value) {
    this.type = type;
    this.name = name;
    this.value = value;
  }

  /** An opaque id of 1 to 128 characters. */
  public String id() {
    return chars(MAX_ID);
  }

  /**
   * A short text of 1 to 256 characters; the empty text counts as absent. What is a phone number
   * for certain is hidden in it, as it may become a label.
   */
  public String text() {
    String text = address();
    return text == null ? null : PhoneNumber.maskInternational(text);
  }

  /** The calling or called number or address, whole; the empty text counts as absent. */
  public String address() {
    return "".equals(value) ? null : chars(MAX_TEXT);
  }

  private String chars(int max) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw InvalidField.wrongType(type, name, value, "a text");
    }
    if (text.isEmpty() || text.length() > max) {
      throw InvalidField.invalid(type, name, text, "1 to " + max + " characters");
    }
    if (!isPlain(text)) {
      throw InvalidField.invalid(
          type, name, text, "well-formed Unicode without control characters");
    }
    return text;
  }

  /**
   * Tells whether a text can be stored and compared everywhere: no control characters (databases
   * refuse U+0000), no half of a surrogate pair (it has no UTF-8 form).
   */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** One of the words of a closed list. */
  public <E extends Enum<E>> E oneOf(Class<E> words) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String word)) {
      throw InvalidField.wrongType(type, name, value, "one of " + Words.list(words));
    }
    E found = Words.parse(words, word);
    if (found == null) {
      throw InvalidField.invalid(type, name, word, "one of " + Words.list(words));
    }
    return found;
  }

  /** A whole number within a range, both ends included. */
  public Long whole(long min, long max) {
    BigDecimal number = number("a whole number", BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    if (number == null) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      throw InvalidField.invalid(type, name, value, "a whole number");
    }
    return number.longValueExact();
  }

  /** A whole number within a range of ints, both ends included. */
  public Integer count(int min, int max) {
    Long number = whole(min, max);
    return number == null ? null : number.intValue();
  }

  /** A finite number within a range, both ends included. */
  public Double real(double min, double max) {
    BigDecimal number = number("a number", BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    return number == null ? null : Double.valueOf(number.doubleValue());
  }

  /** An exact decimal, as a number or a decimal text, within a range, both ends included. */
  public BigDecimal decimal(long min, long max) {
    if (value instanceof String text) {
      return within(parsed(text), BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }
    return number("a decimal number or text", BigDecimal.valueOf(min), BigDecimal.valueOf(max));
  }

  private BigDecimal parsed(String text) {
    try {
      if (text.length() <= MAX_DIGITS) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException e) {
      // Said below: the text is no number.
    }
    throw InvalidField.invalid(type, name, text, "a decimal number");
  }

  private BigDecimal number(String expected, BigDecimal min, BigDecimal max) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)) {
      throw InvalidField.wrongType(type, name, value, expected);
    }
    return within(exact(number), min, max);
  }

  private BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw InvalidField.invalid(type, name, number, "a finite number");
      }
      return BigDecimal.valueOf(number.doubleValue());
    }
    return new BigDecimal(number.toString());
  }

  private BigDecimal within(BigDecimal number, BigDecimal min, BigDecimal max) {
    // The count of digits is looked at first: comparing 1e999999999 would write them all out.
    long magnitude = (long) number.precision() - number.scale();
    boolean sane =
        number.precision() <= MAX_DIGITS && number.scale() <= MAX_DIGITS && magnitude <= MAX_DIGITS;
    if (!sane || number.compareTo(min) < 0 || number.compareTo(max) > 0) {
      throw InvalidField.invalid(
          type, name, value, min.toPlainString() + " to " + max.toPlainString());
    }
    return number;
  }

  /**
   * Reads the elements of a list, each as a field of its own.
   *
   * @param most how many there may be
   */
  public <T> List<T> each(int most, Function<Field, T> reader) {
    if (!(value instanceof List<?> list)) {
      throw InvalidField.wrongType(type, name, value, "a list");
    }
    if (list.size() > most) {
      throw InvalidField.invalid(type, name, list.size() + " elements", "at most " + most);
    }
    List<T> read = new ArrayList<>(list.size());
    for (Object element : list) {
      if (element == null) {
        throw InvalidField.invalid(type, name, null, "no null among its elements");
      }
      read.add(reader.apply(new Field(type, name, element)));
    }
    return read;
  }

  /**
   * Texts by name, each of both of 1 to so many characters; absent is empty.
   *
   * @param most how many there may be
   */
  public Map<String, String> texts(int most, int longest) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw InvalidField.wrongType(type, name, value, "texts by name");
    }
    if (map.size() > most) {
      throw InvalidField.invalid(type, name, map.size() + " texts", "at most " + most);
    }
    Map<String, String> read = new HashMap<>();
    map.forEach(
        (key, text) ->
            read.put(
                new Field(type, name, key).chars(longest),
                new Field(type, name, text == null ? "" : text).chars(longest)));
    return read;
  }

  /** True or false. */
  public Boolean flag() {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw InvalidField.wrongType(type, name, value, "true or false");
  }

  /** True or false, where senders also write a text that says what went wrong: it means true. */
  public Boolean flagOrText() {
    return value instanceof String text ? Boolean.valueOf(!text.isEmpty()) : flag();
  }
}
