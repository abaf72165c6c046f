package io.busyhour.event.field;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The lower-case words that senders write for the constants of an enum. */
public final class Words {
  private static final ClassValue<Map<String, Object>> WORDS =
      new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
          return Arrays.stream(type.getEnumConstants())
              .collect(Collectors.toUnmodifiableMap(c -> of((Enum<?>) c), c -> c));
        }
      };

  private Words() {}

  /** The word for a constant: {@code NO_ANSWER} is written {@code no_answer}. */
  public static String of(Enum<?> constant) {
    return constant instanceof Word own ? own.word() : constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constant that a word stands for, or null if there is none. */
  public static <E extends Enum<E>> E parse(Class<E> type, String word) {
    return type.cast(WORDS.get(type).get(word));
  }

  /** All words of an enum in their order, for messages. */
  static <E extends Enum<E>> String list(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "));
  }
}
