package dev.llmretry.runtime.async;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.cases.ObservedToken;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * All that surrounds one asynchronous call, moved by hand, on one thread. Whatever the call does to
 * its surroundings is a moment, at which something else may happen before it is done.
 *
 * @param <E> what can happen
 */
abstract class HandDriven<E extends Enum<E>> {

  /** When the surroundings are in the middle of something. */
  enum Moment {
    SCHEDULING,
    UNSCHEDULING,
    EXECUTING,
    REGISTERING,
    CALLING,
    LISTENING,
    CANCELLING,
    RETRY_HEARD,
    END_HEARD,
    HANDED_ON,
    ENDED
  }

  /** What happens in the middle of something, the first time or the second. */
  record Interruption<E>(Moment moment, int occurrence, E event) {}

  final CancellationSource source = new CancellationSource();
  final ObservedToken token = new ObservedToken(new EventfulToken());
  final ObservedToken application = new ObservedToken(new CancellationSource().token());
  final List<String> wrongs = new ArrayList<>();
  private final ArrayDeque<Runnable> timers = new ArrayDeque<>();
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private final Interruption<E> interruption;
  private int occurrences;
  private int ends;
  boolean refusing;

  HandDriven(Interruption<E> interruption) {
    this.interruption = interruption;
  }

  abstract void happen(E event);

  final void at(Moment moment) {
    if (interruption != null
        && interruption.moment() == moment
        && ++occurrences == interruption.occurrence()) {
      happen(interruption.event());
    }
  }

  final RetryRuntime runtime() {
    return RetryRuntime.builder()
        .clock(new Clock())
        .executor(this::execute)
        .token(application)
        .listener(new Ear())
        .build();
  }

  private void execute(Runnable work) {
    at(Moment.EXECUTING);
    if (refusing) {
      throw new RejectedExecutionException("shut down");
    }
    queue.add(work);
  }

  /** Returns whether there was anything that the executor had to run. */
  final boolean run() {
    Runnable work = queue.poll();
    if (work != null) {
      work.run();
    }
    return work != null;
  }

  /** Returns whether there was a timer to fire. */
  final boolean fire() {
    Runnable timer = timers.poll();
    if (timer != null) {
      timer.run();
    }
    return timer != null;
  }

  final int ends() {
    return ends;
  }

  /** Notes what must not be, once the call is over. */
  final void checkEnd() {
    check(ends == 1, ends + " ends heard");
    check(timers.isEmpty(), "a timer left");
    check(token.registered() == 0, "registered with the token");
    check(application.registered() == 0, "registered with the runtime's token");
  }

  final void check(boolean right, String wrong) {
    if (!right) {
      wrongs.add(wrong);
    }
  }

  private final class EventfulToken implements CancellationToken {

    @Override
    public boolean isCancelled() {
      return source.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable action) {
      at(Moment.REGISTERING);
      Registration registration = source.token().onCancel(action);
      at(Moment.REGISTERING);
      return registration;
    }
  }

  private final class Clock implements BackoffClock {

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(long nanos, CancellationToken token) {
      throw new AssertionError("blocked");
    }

    @Override
    public Registration schedule(long nanos, Runnable action) {
      Runnable[] timer = {null};
      timer[0] = () -> action.run();
      timers.add(timer[0]);
      at(Moment.SCHEDULING);
      return () -> {
        at(Moment.UNSCHEDULING);
        timers.remove(timer[0]);
      };
    }
  }

  private final class Ear implements RetryListener {

    @Override
    public void onRetry(String method, FailedAttempt attempt) {
      check(ends == 0, "a retry after the end");
      at(Moment.RETRY_HEARD);
    }

    @Override
    public void onSuccess(String method, int attempts) {
      ends++;
      at(Moment.END_HEARD);
    }

    @Override
    public void onGiveUp(RetryReport report, Throwable thrown) {
      ends++;
      at(Moment.END_HEARD);
    }
  }

  /** Passes by itself. */
  static final class Overloaded extends RuntimeException implements LlmFailure {

    private static final long serialVersionUID = 1;

    Overloaded() {
      super("overloaded", null, true, false);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.OVERLOADED;
    }
  }
}
