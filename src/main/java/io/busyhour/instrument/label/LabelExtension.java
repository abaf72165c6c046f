package io.busyhour.instrument.label;

import io.busyhour.instrument.Meters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedMethodConfigurator;
import jakarta.interceptor.Interceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/**
 * Takes methods with labels from MicroProfile Metrics and has them counted by the {@link Meters} of
 * the application. What cannot work fails the deployment, with everything that is wrong.
 */
public class LabelExtension implements Extension {
  private final Map<Class<?>, List<Written>> found = new HashMap<>();
  private final Set<Class<?>> beans = new HashSet<>();
  private final LabelInterceptor interceptor = new LabelInterceptor();

  /** For the container, which loads it as a service. */
  public LabelExtension() {}

  /**
   * Before the extensions of metrics: Helidon's looks at types behind all others (APPLICATION +
   * 510), and sees only what is left.
   */
  void rewrite(
      @Observes
          @Priority(Interceptor.Priority.LIBRARY_BEFORE)
          @WithAnnotations({Label.class, Label.All.class, Counted.class, Timed.class})
          ProcessAnnotatedType<?> event) {
    AnnotatedType<?> type = event.getAnnotatedType();
    if (Modifier.isAbstract(type.getJavaClass().getModifiers())
        || type.isAnnotationPresent(Interceptor.class)) {
      return; // their methods come again with the beans that inherit them
    }
    List<Written> ofType = new ArrayList<>();
    event
        .configureAnnotatedType()
        .filterMethods(method -> !method.getJavaMember().isBridge())
        .forEach(method -> rewrite(method, ofType));
    found.put(type.getJavaClass(), ofType);
  }

  private static void rewrite(AnnotatedMethodConfigurator<?> method, List<Written> ofType) {
    Written written = Written.of(method.getAnnotated());
    if (written.isLabelled()) {
      method.remove(LabelExtension::isMetric);
      if (Rules.hindrance(written.method()).isEmpty()) {
        method.add(Labelled.Literal.INSTANCE);
      }
    }
    if (written.isLabelled() || written.isMeasured()) {
      ofType.add(written);
    }
  }

  private static boolean isMetric(Annotation annotation) {
    return annotation instanceof Counted || annotation instanceof Timed;
  }

  /** What is no bean is no concern of the container's. */
  void note(@Observes ProcessManagedBean<?> event) {
    Class<?> type = event.getAnnotatedBeanClass().getJavaClass();
    if (found.containsKey(type)) {
      beans.add(type);
    }
  }

  void add(@Observes AfterBeanDiscovery event) {
    event.addBean(interceptor);
  }

  void resolve(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) AfterDeploymentValidation event,
      BeanManager manager) {
    // In the order of their names, so that an application is always deployed the same way.
    List<Written> methods =
        beans.stream()
            .flatMap(type -> found.get(type).stream())
            .distinct()
            .sorted(Comparator.comparing(Written::place))
            .toList();
    List<Written> labelled = methods.stream().filter(Written::isLabelled).toList();
    if (labelled.isEmpty()) {
      return;
    }
    Instance<Meters> meters = manager.createInstance().select(Meters.class);
    List<String> faults = new ArrayList<>();
    if (meters.isResolvable()) {
      interceptor.follow(plans(labelled, withoutLabels(methods), meters.get(), faults));
    } else {
      faults.add("no bean of the type " + Meters.class.getName() + " (expected: one); produce it");
    }
    if (!faults.isEmpty()) {
      event.addDeploymentProblem(
          new DefinitionException(
              "metrics with labels cannot be counted as they are declared:\n"
                  + String.join("\n", faults)));
    }
  }

  private static Map<Method, Plan> plans(
      List<Written> methods,
      Map<String, String> withoutLabels,
      Meters meters,
      List<String> faults) {
    TimerBuckets buckets =
        new TimerBuckets(
            ConfigProvider.getConfig().getOptionalValue(TimerBuckets.SETTING, String.class));
    Families families = new Families(meters, withoutLabels, faults);
    Map<Method, Plan> plans = new HashMap<>();
    for (Written written : methods) {
      List<String> breaches = Rules.breaches(written);
      faults.addAll(breaches);
      if (breaches.isEmpty()) {
        try {
          plans.put(written.method(), plan(written, buckets, families));
        } catch (IllegalArgumentException e) {
          faults.add(written.place() + ": " + e.getMessage());
        }
      }
    }
    return plans;
  }

  private static Plan plan(Written written, TimerBuckets buckets, Families families) {
    return new Plan(
        written.counted() == null ? null : families.tally(Metric.counter(written)),
        written.timed() == null ? null : families.tally(Metric.timer(written, buckets)));
  }

  /** What MicroProfile counts, by the names that it exposes them by. */
  private static Map<String, String> withoutLabels(List<Written> methods) {
    Map<String, String> places = new HashMap<>();
    for (Written written : methods) {
      if (!written.isLabelled() && written.counted() != null) {
        Counted counted = written.counted();
        places.put(
            MetricName.ofCounter(written.method(), counted.name(), counted.absolute()).exposed(),
            written.place());
      }
      if (!written.isLabelled() && written.timed() != null) {
        Timed timed = written.timed();
        places.put(
            MetricName.ofTimer(written.method(), timed.name(), timed.absolute()).exposed(),
            written.place());
      }
    }
    return places;
  }
}
