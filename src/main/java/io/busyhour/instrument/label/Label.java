package io.busyhour.instrument.label;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A label of the metrics of a method that is {@code @Counted} or {@code @Timed}. On a parameter its
 * value is the argument, or a property of it; on the method it is the result or the exception. The
 * value is the text that {@code toString()} gives; null, an empty {@code Optional} and what is not
 * known (the result of a method that threw) are the empty text.
 *
 * <pre>{@code
 * @Counted(name = "dials_total", absolute = true)
 * @Label(value = "failure", of = Label.Of.EXCEPTION)
 * Call dial(
 *     @Label("campaign_id") String campaign, @Label(value = "trunk", property = "name") Trunk out)
 * }</pre>
 *
 * <p>Values come from bounded sets: no phone numbers, ids of calls, free text. What exceeds {@code
 * busyhour.cardinality.limit} label sets is counted as {@code __other__}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@Repeatable(Label.All.class)
public @interface Label {
  /** The name of the label. */
  String value();

  /**
   * The property of the argument or the result that is the value: a public method {@code name()},
   * {@code getName()} or {@code isName()}, or a public field. Empty: the argument or result itself.
   */
  String property() default "";

  /** What a label on a method is taken from; without a meaning on a parameter. */
  Of of() default Of.RESULT;

  /** What a label on a method is taken from. */
  enum Of {
    /** What the method returns; of a {@code CompletionStage}, what it completes with. */
    RESULT,
    /** The simple name of the class of what was thrown, or of what a stage completed with. */
    EXCEPTION
  }

  /** Several labels of one method or parameter; the compiler writes it. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.PARAMETER, ElementType.METHOD})
  @interface All {
    /** The labels. */
    Label[] value();
  }
}
