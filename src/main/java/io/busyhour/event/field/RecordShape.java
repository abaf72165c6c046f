package io.busyhour.event.field;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The names and accessors of a record class, looked up once. */
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private record Component(String name, MethodHandle accessor) {}

  private final List<Component> components;

  private RecordShape(Class<?> type) {
    components = Stream.of(type.getRecordComponents()).map(RecordShape::component).toList();
  }

  static RecordShape of(Class<? extends Record> type) {
    return SHAPES.get(type);
  }

  private static Component component(RecordComponent component) {
    try {
      MethodHandle accessor =
          MethodHandles.lookup()
              .unreflect(component.getAccessor())
              .asType(MethodType.methodType(Object.class, Object.class));
      return new Component(snakeCase(component.getName()), accessor);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(component + " is not readable: make its record public", e);
    }
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  void write(Record record, Map<String, Object> data) {
    for (Component component : components) {
      Object value = read(component, record);
      if (value instanceof Enum<?> word) {
        data.put(component.name(), Words.of(word));
      } else if (value instanceof Record part) {
        // A group of fields, such as the beginning of a call, is a group in Java only.
        of(part.getClass()).write(part, data);
      } else if (value != null) {
        data.put(component.name(), value);
      }
    }
  }

  private static Object read(Component component, Record record) {
    try {
      return component.accessor().invokeExact((Object) record);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("an accessor of a record threw", e);
    }
  }
}
