package io.busyhour.instrument.label;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Counts and times the methods that have labels. The container is given it as it is, and calls it
 * without reflection.
 */
final class LabelInterceptor implements Interceptor<LabelInterceptor>, Prioritized {
  /** Where MicroProfile's own counters and timers stand: outside of what an application has. */
  private static final int PRIORITY = jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE + 9;

  private volatile Map<Method, Plan> plans = Map.of();

  void follow(Map<Method, Plan> resolved) {
    plans = Map.copyOf(resolved);
  }

  @Override
  public Object intercept(InterceptionType type, LabelInterceptor self, InvocationContext call)
      throws Exception {
    Plan plan = plans.get(call.getMethod());
    // There is none yet for what is called while the application is being deployed.
    return plan == null ? call.proceed() : plan.run(call);
  }

  @Override
  public boolean intercepts(InterceptionType type) {
    return type == InterceptionType.AROUND_INVOKE;
  }

  @Override
  public Set<Annotation> getInterceptorBindings() {
    return Set.of(Labelled.Literal.INSTANCE);
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  @Override
  public LabelInterceptor create(CreationalContext<LabelInterceptor> context) {
    return this;
  }

  @Override
  public void destroy(LabelInterceptor self, CreationalContext<LabelInterceptor> context) {
    context.release();
  }

  @Override
  public Class<?> getBeanClass() {
    return LabelInterceptor.class;
  }

  @Override
  public Set<InjectionPoint> getInjectionPoints() {
    return Set.of();
  }

  @Override
  public Set<Type> getTypes() {
    return Set.of(LabelInterceptor.class, Object.class);
  }

  @Override
  public Set<Annotation> getQualifiers() {
    return Set.of();
  }

  @Override
  public Class<? extends Annotation> getScope() {
    return Dependent.class;
  }

  @Override
  public String getName() {
    return null;
  }

  @Override
  public Set<Class<? extends Annotation>> getStereotypes() {
    return Set.of();
  }

  @Override
  public boolean isAlternative() {
    return false;
  }
}
