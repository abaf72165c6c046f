package io.busyhour.journal;

import io.busyhour.journal.Journal.Appended;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call on a thread of its own that waits for something the test does later. */
final class Waiting {
  private final FutureTask<List<Appended>> call;

  private Waiting(FutureTask<List<Appended>> call) {
    this.call = call;
  }

  /** Starts the call and returns when it waits. */
  static Waiting in(Callable<List<Appended>> call) {
    FutureTask<List<Appended>> task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    Eventually.holds(
        "the call waits",
        () ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
    return new Waiting(task);
  }

  List<Appended> answer() throws Exception {
    try {
      return call.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the call that waited failed", e.getCause());
    }
  }
}
