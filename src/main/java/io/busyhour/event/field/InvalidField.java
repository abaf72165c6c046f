package io.busyhour.event.field;

/**
 * Says which field of an event broke which rule; the message is meant for the sender and is safe to
 * send back.
 */
public final class InvalidField extends RuntimeException {
  /** What kind of rule was broken: the closed list that refusals are counted by. */
  public enum Rule {
    /** A field that the event needs is absent, null or the empty text. */
    MISSING_FIELD,
    /** The value is of another JSON type than the field takes. */
    WRONG_TYPE,
    /** The value is of the right type and outside of what the field takes. */
    INVALID_VALUE
  }

  private final Rule rule;

  private InvalidField(Rule rule, String message) {
    super(message, null, false, false);
    this.rule = rule;
  }

  static InvalidField missing(String type, String name) {
    return new InvalidField(Rule.MISSING_FIELD, type + " needs " + name);
  }

  static InvalidField wrongType(String type, String name, Object value, String expected) {
    return broken(Rule.WRONG_TYPE, type, name, value, expected);
  }

  static InvalidField invalid(String type, String name, Object value, String expected) {
    return broken(Rule.INVALID_VALUE, type, name, value, expected);
  }

  private static InvalidField broken(
      Rule rule, String type, String name, Object value, String expected) {
    return new InvalidField(
        rule,
        "%s: %s: %s (expected: %s)"
            .formatted(type, name, Quoted.of(String.valueOf(value)), expected));
  }

  /** Which kind of rule was broken. */
  public Rule rule() {
    return rule;
  }
}
