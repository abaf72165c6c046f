package io.busyhour.instrument.label;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/** Finds what reads a property of a type: looked up once, when an application is deployed. */
final class Property {
  /** Takes an object, gives an object. */
  private static final MethodType FORM = MethodType.methodType(Object.class, Object.class);

  private Property() {}

  /** Empty where the type has no such property that can be read. */
  static Optional<MethodHandle> find(Class<?> type, String name) {
    String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    for (String method : List.of(name, "get" + upper, "is" + upper)) {
      Optional<MethodHandle> found = method(type, method);
      if (found.isPresent()) {
        return found;
      }
    }
    return field(type, name);
  }

  private static Optional<MethodHandle> method(Class<?> type, String name) {
    try {
      Method method = type.getMethod(name);
      return method.getReturnType() != void.class && method.trySetAccessible()
          ? Optional.of(MethodHandles.lookup().unreflect(method).asType(FORM))
          : Optional.empty();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return Optional.empty();
    }
  }

  private static Optional<MethodHandle> field(Class<?> type, String name) {
    try {
      Field field = type.getField(name);
      return field.trySetAccessible()
          ? Optional.of(MethodHandles.lookup().unreflectGetter(field).asType(FORM))
          : Optional.empty();
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return Optional.empty();
    }
  }
}
