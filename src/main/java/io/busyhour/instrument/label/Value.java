package io.busyhour.instrument.label;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where the value of one label comes from. */
sealed interface Value {
  /** Always the same: a tag of the annotation. */
  record Constant(String text) implements Value {}

  /** An argument, known when the method is called. */
  record Argument(int index, Reading reading) implements Value {}

  /** What the method returned. */
  record Result(Reading reading) implements Value {}

  /** The class of what it threw. */
  record Thrown() implements Value {
    static String name(Throwable thrown) {
      Class<?> type = thrown.getClass();
      while (type.isAnonymousClass()) {
        type = type.getSuperclass();
      }
      return type.getSimpleName();
    }
  }

  /** Whether it is known only when the method has come to its end. */
  default boolean isOfTheEnd() {
    return this instanceof Result || this instanceof Thrown;
  }

  /** Makes the text of a label of an object, or of a property of it. */
  final class Reading {
    private static final Logger LOG = System.getLogger(Value.class.getName());

    private final String label;
    private final MethodHandle property;
    private final AtomicBoolean reported = new AtomicBoolean();

    /**
     * @param label as the log names it
     * @param property takes an object and gives one; null for the object itself
     */
    Reading(String label, MethodHandle property) {
      this.label = label;
      this.property = property;
    }

    /** Null is an empty label; so is what cannot be read, as a metric must not stop a call. */
    String of(Object object) {
      if (object == null) {
        return null;
      }
      return property == null && object instanceof String text ? text : read(object);
    }

    private String read(Object object) {
      try {
        Object value = property == null ? object : (Object) property.invokeExact(object);
        if (value instanceof Optional<?> optional) {
          value = optional.orElse(null);
        }
        return value == null ? null : value.toString();
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        Level level = reported.getAndSet(true) ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "The label " + label + " cannot be read and is left empty.", e);
        return null;
      }
    }
  }
}
