package io.busyhour.instrument.label;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The upper bounds of the buckets of a {@code @Timed} method with labels: seconds, rising. They
 * stand whatever {@code mp.metrics.distribution.timer.buckets} says, which holds for all others.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Buckets {
  /** The bounds without infinity, such as {@code {0.1, 0.5, 1}}. */
  double[] value();
}
