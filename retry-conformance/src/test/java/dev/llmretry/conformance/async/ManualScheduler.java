package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Clock, executor, tokens and listener of one asynchronous call, driven by the test on one thread.
 * Whatever the call does to them is a moment at which another event may happen before it returns.
 *
 * @param <E> what can happen
 */
abstract class ManualScheduler<E extends Enum<E>> {

  /** The moments at which another event may happen. */
  enum Moment {
    SCHEDULING,
    CANCELLING_TIMER,
    EXECUTING,
    REGISTERING,
    CALLING,
    SUBSCRIBING,
    CANCELLING,
    RETRY_NOTIFIED,
    END_NOTIFIED,
    EMITTING,
    ENDED
  }

  /** An event that happens at a certain occurrence of a moment. */
  record Interruption<E>(Moment moment, int occurrence, E event) {}

  final CancellationSource source = new CancellationSource();
  final ObservedToken token = new ObservedToken(new EventfulToken());
  final ObservedToken application = new ObservedToken(new CancellationSource().token());
  private final List<String> violations = new ArrayList<>();
  private final ArrayDeque<Runnable> timers = new ArrayDeque<>();
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();

  /** Null for none. */
  final Interruption<E> interruption;

  private int occurrences;
  private int ends;
  boolean rejecting;

  ManualScheduler(Interruption<E> interruption) {
    this.interruption = interruption;
  }

  /** Plays each selection of events, in every order, and checks that nothing goes wrong. */
  static <E extends Enum<E>> void playEveryOrder(
      List<E> events, int length, Function<Interruption<E>, ManualScheduler<E>> scene) {
    var found = new TreeMap<String, List<E>>();
    for (List<E> order : Permutations.of(events, length)) {
      scene.apply(null).play(order, found);
    }
    assertThat(found).isEmpty();
  }

  /**
   * Plays each event at each moment, when that occurs for the n-th time, and checks that nothing
   * goes wrong.
   */
  static <E extends Enum<E>> void playDuringOthers(
      List<E> events,
      int fromOccurrence,
      int toOccurrence,
      Function<Interruption<E>, ManualScheduler<E>> scene) {
    var found = new TreeMap<String, List<E>>();
    for (Moment moment : Moment.values()) {
      for (int occurrence = fromOccurrence; occurrence <= toOccurrence; occurrence++) {
        for (E event : events) {
          var interruption = new Interruption<>(moment, occurrence, event);
          for (List<E> order : Permutations.of(events, 2)) {
            scene.apply(interruption).play(order, found);
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private void play(List<E> order, Map<String, List<E>> found) {
    play(order);
    violations.forEach(violation -> found.putIfAbsent(violation + ", " + interruption, order));
  }

  /** Makes a call during which the events happen in this order, and checks its end. */
  abstract void play(List<E> order);

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
        .listener(new Recorder())
        .build();
  }

  private void execute(Runnable work) {
    at(Moment.EXECUTING);
    if (rejecting) {
      throw new RejectedExecutionException("shut down");
    }
    queue.add(work);
  }

  /** Runs the next task of the executor; returns whether there was one. */
  final boolean run() {
    Runnable work = queue.poll();
    if (work != null) {
      work.run();
    }
    return work != null;
  }

  /** Fires the next timer; returns whether there was one. */
  final boolean fire() {
    Runnable timer = timers.poll();
    if (timer != null) {
      timer.run();
    }
    return timer != null;
  }

  /** Fires the timer that was set last, as that of a delay is after that of the deadline. */
  final void fireLatest() {
    Runnable timer = timers.pollLast();
    if (timer != null) {
      timer.run();
    }
  }

  final int ends() {
    return ends;
  }

  /** Records what is left after the end of the call. */
  final void checkEnd() {
    check(ends == 1, ends + " ends received");
    check(timers.isEmpty(), "a timer left");
    check(token.registered() == 0, "registered with the token");
    check(application.registered() == 0, "registered with the runtime's token");
  }

  final void check(boolean right, String violation) {
    if (!right) {
      violations.add(violation);
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
        at(Moment.CANCELLING_TIMER);
        timers.remove(timer[0]);
      };
    }
  }

  private final class Recorder implements RetryListener {

    @Override
    public void onRetry(RetryEvent event, FailedAttempt attempt) {
      check(ends == 0, "a retry after the end");
      at(Moment.RETRY_NOTIFIED);
    }

    @Override
    public void onSuccess(RetryEvent event) {
      ends++;
      at(Moment.END_NOTIFIED);
    }

    @Override
    public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
      ends++;
      at(Moment.END_NOTIFIED);
    }
  }

  /** A retryable failure. */
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
