package io.busyhour.instrument.label;

import java.lang.reflect.Method;

/**
 * The name of a metric.
 *
 * @param microprofile as MicroProfile has it, such as {@code com.example.Dialer.calls}
 * @param exposed as it is scraped, such as {@code com_example_Dialer_calls_total}
 */
record MetricName(String microprofile, String exposed) {
  static MetricName ofCounter(Method method, String name, boolean absolute) {
    return of(method, name, absolute, "_total");
  }

  static MetricName ofTimer(Method method, String name, boolean absolute) {
    return of(method, name, absolute, "_seconds");
  }

  private static MetricName of(Method method, String name, boolean absolute, String ending) {
    String own = name.isEmpty() ? method.getName() : name;
    String full = absolute ? own : method.getDeclaringClass().getName() + "." + own;
    String legal = full.replaceAll("[^a-zA-Z0-9_]", "_").replaceFirst("^(?=[0-9])", "_");
    return new MetricName(full, legal.endsWith(ending) ? legal : legal + ending);
  }
}
