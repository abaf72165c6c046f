package io.busyhour.instrument.label;

import jakarta.interceptor.InvocationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** What is counted and timed of one method. */
final class Plan {
  private final Tally[] atOnce;
  private final Tally[] atTheEnd;

  /**
   * @param counter null where the method is not counted
   * @param timer null where it is not timed
   */
  Plan(Tally counter, Tally timer) {
    boolean early = counter != null && counter.isKnownAtOnce();
    atOnce = early ? new Tally[] {counter} : new Tally[0];
    List<Tally> late = new ArrayList<>();
    if (counter != null && !early) {
      late.add(counter);
    }
    if (timer != null) {
      late.add(timer);
    }
    atTheEnd = late.toArray(Tally[]::new);
  }

  /** Runs the method. A stage is handed on as it is, and looked at when it completes. */
  Object run(InvocationContext call) throws Exception {
    Object[] arguments = call.getParameters();
    for (Tally tally : atOnce) {
      tally.end(tally.begin(arguments), 0, null, null);
    }
    if (atTheEnd.length == 0) {
      return call.proceed();
    }
    String[][] labels = new String[atTheEnd.length][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = atTheEnd[i].begin(arguments);
    }
    long start = System.nanoTime();
    Object result;
    try {
      result = call.proceed();
    } catch (Throwable e) {
      // Whatever it is, it is counted and goes on to the caller.
      end(labels, start, null, e);
      throw e;
    }
    if (result instanceof CompletionStage<?> stage) {
      stage.whenComplete((value, thrown) -> end(labels, start, value, cause(thrown)));
    } else {
      end(labels, start, result, null);
    }
    return result;
  }

  private void end(String[][] labels, long start, Object result, Throwable thrown) {
    long nanos = System.nanoTime() - start;
    for (int i = 0; i < labels.length; i++) {
      atTheEnd[i].end(labels[i], nanos, result, thrown);
    }
  }

  /** A stage that depends on another wraps what that one completed with. */
  private static Throwable cause(Throwable thrown) {
    boolean wrapped = thrown instanceof CompletionException || thrown instanceof ExecutionException;
    return wrapped && thrown.getCause() != null ? thrown.getCause() : thrown;
  }
}
