package io.busyhour.instrument.label;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/**
 * The annotations of one method of a bean.
 *
 * @param counted null where there is none on the method itself
 * @param timed likewise
 */
record Written(Method method, Counted counted, Timed timed, List<Mark> labels) {
  /** Where a label on the method itself is. */
  static final int METHOD = -1;

  /**
   * One label.
   *
   * @param parameter its index, or {@link #METHOD}
   */
  record Mark(Label label, int parameter) {}

  static Written of(AnnotatedMethod<?> annotated) {
    Method method = annotated.getJavaMember();
    List<Mark> labels = new ArrayList<>();
    for (int i = 0; i < method.getParameterCount(); i++) {
      for (Label label : method.getParameters()[i].getAnnotationsByType(Label.class)) {
        labels.add(new Mark(label, i));
      }
    }
    for (Label label : method.getAnnotationsByType(Label.class)) {
      labels.add(new Mark(label, METHOD));
    }
    return new Written(
        method, find(annotated, Counted.class), find(annotated, Timed.class), List.copyOf(labels));
  }

  /** Other extensions may have added or removed annotations: not what the class file has. */
  private static <A extends Annotation> A find(AnnotatedMethod<?> annotated, Class<A> type) {
    return annotated.getAnnotations().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElse(null);
  }

  boolean isLabelled() {
    return !labels.isEmpty();
  }

  boolean isMeasured() {
    return counted != null || timed != null;
  }

  /** Class and method, as errors name them. */
  String place() {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(
                ", ", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }
}
