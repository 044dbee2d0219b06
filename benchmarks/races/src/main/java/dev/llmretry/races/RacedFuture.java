package dev.llmretry.races;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.generated.FutureRetry;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A retried future, its attempts, and the events that may race. */
class RacedFuture {

  private static final RetryPolicy UNTIMED = RetryPolicy.builder("raced").maxRetries(1).build();
  private static final RetryPolicy TIMED =
      RetryPolicy.builder("raced").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();

  final HandClock clock = new HandClock();
  final CountedToken token = new CountedToken();
  private final Ends ends = new Ends();
  private final Queue<CompletableFuture<String>> stages = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> queued = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> future;

  RacedFuture(boolean timed, boolean takesToken, boolean queueing) {
    this(timed, takesToken, queueing, Duration.ZERO);
  }

  /** With a pause before the first attempt, whose end the next {@link HandClock#fire} signals. */
  RacedFuture(boolean timed, boolean takesToken, boolean queueing, Duration pause) {
    Executor executor = queueing ? queued::add : Runnable::run;
    Upstream upstream = Upstream.of("raced");
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(clock)
            .listener(ends)
            .executor(executor)
            .token(token)
            .upstream(pause.isZero() ? Upstream.none() : upstream)
            .build();
    if (!pause.isZero()) {
      upstream.pushback(pause);
    }
    RetryPolicy policy = timed ? TIMED : UNTIMED;
    future =
        takesToken
            ? AsyncRetry.call(runtime, policy, attempt -> begin())
            : FutureRetry.call(runtime, policy, this::begin);
    clock.setTime(pause.toNanos());
  }

  private CompletableFuture<String> begin() {
    var stage = new CompletableFuture<String>();
    stages.add(stage);
    return stage;
  }

  private CompletableFuture<String> stage() {
    return stages.element();
  }

  final void cancel() {
    future.cancel(true);
  }

  final void completeFromOutside() {
    future.complete("theirs");
  }

  final void succeed() {
    stage().complete("ours");
  }

  final void fail() {
    stage().completeExceptionally(new Overloaded());
  }

  /** Runs the attempt that is queued in the executor, if there is one. */
  final void runQueued() {
    Runnable work = queued.poll();
    if (work != null) {
      work.run();
    }
  }

  /** Completes what is still open, and returns a description of the outcome. */
  final String end() {
    for (int left = 3; left > 0 && !future.isDone(); left--) {
      stages.forEach(stage -> stage.complete("late"));
      clock.fire();
      runQueued();
    }
    stages.removeIf(CompletableFuture::isDone);
    String leaks =
        "timers=" + clock.size() + " registered=" + token.registered() + " open=" + stages.size();
    return outcome() + " ends=" + ends.count() + " " + leaks;
  }

  private String outcome() {
    if (!future.isDone()) {
      return "nothing";
    }
    try {
      return future.join();
    } catch (CancellationException e) {
      return "cancelled";
    } catch (RuntimeException e) {
      return e.getCause() instanceof AttemptTimeoutException ? "timed-out" : "failed";
    }
  }

  private static final class Overloaded extends RuntimeException implements LlmFailure {

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
