package io.busyhour.instrument.label;

import io.busyhour.instrument.label.Written.Mark;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/** What may be written on a method with labels: every breach is one sentence for people. */
final class Rules {
  private static final String SCOPE = "application";

  private Rules() {}

  /** What is wrong with one method by itself; families have rules of their own. */
  static List<String> breaches(Written written) {
    List<String> found = new ArrayList<>();
    measured(written, found);
    intercepted(written.method(), found);
    if (written.counted() != null) {
      named("@Counted", written.counted().name(), written.counted().scope(), found);
    }
    if (written.timed() != null) {
      named("@Timed", written.timed().name(), written.timed().scope(), found);
    }
    for (Mark mark : written.labels()) {
      label(written, mark, found);
    }
    return found.stream().map(fault -> written.place() + ": " + fault).toList();
  }

  private static void measured(Written written, List<String> found) {
    if (!written.isMeasured()) {
      found.add(
          "@Label without @Counted or @Timed (expected: one of them or both on the method itself);"
              + " add @Counted(name = \"...\", absolute = true), or remove the label");
    } else if (written.method().isAnnotationPresent(Buckets.class) && written.timed() == null) {
      found.add("@Buckets without @Timed (expected: both, or neither); remove @Buckets");
    }
    onClass(written, Counted.class, written.counted(), found);
    onClass(written, Timed.class, written.timed(), found);
  }

  /** Taken from the method, the annotation of the class would hold for it. */
  private static void onClass(
      Written written, Class<? extends Annotation> type, Annotation own, List<String> found) {
    Class<?> owner = written.method().getDeclaringClass();
    if (own != null && owner.isAnnotationPresent(type)) {
      found.add(
          ("@%s on the class and, with labels, on this method (expected: one of them); annotate"
                  + " the other methods instead of the class")
              .formatted(type.getSimpleName()));
    }
  }

  private static void intercepted(Method method, List<String> found) {
    hindrance(method)
        .ifPresent(
            what ->
                found.add(
                    ("a method with labels that is %s (expected: one that the container can"
                            + " intercept: neither private, static nor final, of a class that is"
                            + " not final); change it, or annotate another method")
                        .formatted(what)));
  }

  /** Why a container cannot intercept a method; it would refuse it with a message of its own. */
  static Optional<String> hindrance(Method method) {
    int modifiers = method.getModifiers();
    if (Modifier.isPrivate(modifiers)) {
      return Optional.of("private");
    }
    if (Modifier.isStatic(modifiers)) {
      return Optional.of("static");
    }
    if (Modifier.isFinal(modifiers)) {
      return Optional.of("final");
    }
    return Modifier.isFinal(method.getDeclaringClass().getModifiers())
        ? Optional.of("of a final class")
        : Optional.empty();
  }

  private static void named(String annotation, String name, String scope, List<String> found) {
    if (name.isEmpty()) {
      found.add(
          annotation
              + " with labels and without a name (expected: a name, as the labels belong to it);"
              + " add name = \"...\"");
    }
    if (!scope.equals(SCOPE)) {
      found.add(
          "%s scope: \"%s\" (expected: %s, the scope of all metrics with labels); remove it"
              .formatted(annotation, scope, SCOPE));
    }
  }

  private static void label(Written written, Mark mark, List<String> found) {
    Label label = mark.label();
    boolean ofException = label.of() == Label.Of.EXCEPTION;
    if (ofException && mark.parameter() != Written.METHOD) {
      found.add(text(label) + " of EXCEPTION on a parameter (expected: on the method); move it");
    } else if (ofException && !label.property().isEmpty()) {
      found.add(
          text(label)
              + " of a property of an exception (expected: no property, as its class is the"
              + " value); remove property");
    } else if (!ofException) {
      Class<?> type = type(written, mark);
      if (type == void.class || type == Void.class) {
        found.add(
            text(label)
                + " of the result of a method without one (expected: a method that returns"
                + " something, or of = EXCEPTION); label a parameter, or return a value");
      } else if (!label.property().isEmpty() && Property.find(type, label.property()).isEmpty()) {
        found.add(property(label, type));
      }
    }
  }

  private static String property(Label label, Class<?> type) {
    String name = label.property();
    String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return ("%s of the property \"%s\" (expected: a public method %s(), get%s() or is%s(), or a"
            + " public field %s, of %s); correct the name, or add one of them")
        .formatted(text(label), name, name, upper, upper, name, type.getName());
  }

  private static String text(Label label) {
    return "@Label(\"" + label.value() + "\")";
  }

  /** What the value of a label is read of, as declared. */
  static Class<?> type(Written written, Mark mark) {
    if (mark.parameter() != Written.METHOD) {
      return written.method().getParameterTypes()[mark.parameter()];
    }
    Class<?> returned = written.method().getReturnType();
    if (!CompletionStage.class.isAssignableFrom(returned)) {
      return returned;
    }
    Type generic = written.method().getGenericReturnType();
    return generic instanceof ParameterizedType of && of.getActualTypeArguments().length == 1
        ? erasure(of.getActualTypeArguments()[0])
        : Object.class;
  }

  private static Class<?> erasure(Type type) {
    return switch (type) {
      case Class<?> simple -> simple;
      case ParameterizedType of -> erasure(of.getRawType());
      case WildcardType wildcard -> erasure(wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable -> erasure(variable.getBounds()[0]);
      default -> Object.class;
    };
  }
}
