package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.Undeclared;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one blocking call that is being retried. Made for generated code, which calls it in
 * one of two ways. Where attempts are not bounded in time, nothing is allocated until one fails:
 *
 * <pre>{@code
 * boolean observed = RetryLoop.begin(runtime, POLICY, token);
 * long begun = RetryLoop.now();
 * RetryLoop retries = null;
 * while (true) {
 *   try {
 *     Answer answer = delegate.ask(question, token);
 *     if (observed) {
 *       RetryLoop.succeeded(runtime, POLICY, retries);
 *     }
 *     return answer;
 *   } catch (Exception e) {
 *     if (retries == null) {
 *       retries = new RetryLoop(runtime, POLICY, token, begun);
 *     }
 *     if (!retries.awaitRetry(e)) {
 *       throw e;
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Where they are, each attempt has a token and a timer of its own:
 *
 * <pre>{@code
 * RetryLoop retries = RetryLoop.timed(runtime, POLICY, token);
 * while (true) {
 *   CancellationToken attempt = retries.beginAttempt();
 *   try {
 *     Answer answer = delegate.ask(question, attempt);
 *     retries.succeeded();
 *     return answer;
 *   } catch (Exception e) {
 *     if (!retries.awaitRetry(e)) {
 *       throw e;
 *     }
 *   } finally {
 *     retries.endAttempt();
 *   }
 * }
 * }</pre>
 *
 * <p>To be used by one thread.
 */
public final class RetryLoop {

  private final RetriedCall call;
  private final RetryPolicy policy;
  private final BackoffClock clock;
  private long attemptBegun;
  private @Nullable AttemptTimer timer;

  /**
   * Makes the state of a call whose first attempt has just failed.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @param begun what {@link #now} returned before the first attempt
   */
  public RetryLoop(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token, long begun) {
    this.call = new RetriedCall(runtime, policy, token);
    this.policy = policy;
    this.clock = runtime.clock();
    this.attemptBegun = begun;
  }

  /**
   * Begins a call whose attempts are not bounded in time.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return whether there is anybody to tell of a success; a constant to the JIT compiler as long
   *     as all runtimes are standard ones
   * @throws CancelledException if the call is cancelled already
   */
  public static boolean begin(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    if (isCancelled(token)) {
      throwIfCancelled(runtime, policy, token);
    }
    return !runtime.isStandard() && beginInCustomRuntime(runtime, policy);
  }

  /**
   * {@return whether a token is cancelled, of whoever's making, or null for none} If it fails, that
   * is logged, and it counts as not cancelled.
   *
   * @param token the token
   */
  public static boolean isCancelled(@Nullable CancellationToken token) {
    return token != null && GuardedToken.isCancelled(token);
  }

  private static boolean beginInCustomRuntime(RetryRuntime runtime, RetryPolicy policy) {
    throwIfCancelled(runtime, policy, null);
    return runtime.listener() != null;
  }

  private static void throwIfCancelled(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    CancelledException cancelled = RetriedCall.cancelledBefore(runtime, policy, token);
    if (cancelled != null) {
      throw cancelled;
    }
  }

  /** {@return a moment, for the constructor to know what has been given up on since} */
  public static long now() {
    return GiveUps.now();
  }

  /**
   * Begins a call with a deadline or a time-out for each attempt.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return the state of the call
   * @throws CancelledException if the call is cancelled already
   */
  public static RetryLoop timed(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    begin(runtime, policy, token);
    return new RetryLoop(runtime, policy, token, now());
  }

  /**
   * Starts the timer of the next attempt.
   *
   * @return the attempt's own token
   */
  public CancellationToken beginAttempt() {
    try {
      var started = new AttemptTimer(clock, call.attemptLimitNanos(), call.token());
      timer = started;
      return started.token();
    } catch (Throwable refusal) {
      // What an attempt has thrown, the method declares.
      throw Undeclared.<RuntimeException>thrown(call.rejected(refusal));
    }
  }

  /**
   * {@return what any thread may ask before the attempt that has begun hands on its first element:
   * whether time has not ended it, and does not from then on} If it has, to ask throws {@link
   * CancellationException}, for what brings the element to stop.
   */
  public BooleanSupplier elementsMayBegin() {
    AttemptTimer running = Objects.requireNonNull(timer, "no attempt has begun");
    return () -> {
      if (running.disarm()) {
        return true;
      }
      throw new CancellationException("The attempt is out of time");
    };
  }

  /** Stops the timer of the attempt, if it still runs, and takes back its interrupt. */
  public void endAttempt() {
    stopTimer();
  }

  /** Returns whether the attempt had run out of time. */
  private boolean stopTimer() {
    AttemptTimer running = timer;
    timer = null;
    return running != null && running.end();
  }

  /** Ends the attempt and notes that it returned a result. */
  public void succeeded() {
    endAttempt();
    call.succeeded();
  }

  /**
   * Notes that an attempt returned a result, in a runtime in which there is anybody to tell.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param retries the state of the call, or null if no attempt has failed
   */
  public static void succeeded(
      RetryRuntime runtime, RetryPolicy policy, @Nullable RetryLoop retries) {
    if (retries == null) {
      RetriedCall.succeededAtOnce(runtime, policy);
    } else {
      retries.call.succeeded();
    }
  }

  /**
   * Decides whether a failed attempt is followed by another, and waits until it is time for that.
   *
   * @param error what the attempt threw
   * @return whether to make another attempt; if not, {@code error} is to be thrown
   * @throws CancelledException if the call is cancelled, or the thread interrupted, before or
   *     during the wait; the interrupt flag is set in the latter case
   * @throws AttemptTimeoutException if {@code error} is no more than the attempt's answer to its
   *     time-out
   */
  public boolean awaitRetry(Exception error) {
    return awaitRetry(error, false);
  }

  /**
   * As {@link #awaitRetry(Exception)}, for a method whose elements arrive through a callback.
   *
   * @param error what the attempt threw
   * @param delivered whether it has been handed any, which rules a retry out
   * @return whether to make another attempt; if not, {@code error} is to be thrown
   */
  public boolean awaitRetry(Exception error, boolean delivered) {
    try {
      return decideAndWait(error, delivered);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancelledException cancelled =
          new CancelledException(policy.name() + " was interrupted while it waited", error);
      call.giveUp(GiveUpReason.INTERRUPTED, cancelled);
      throw cancelled;
    }
  }

  /**
   * As {@link #awaitRetry(Exception)}, for methods that declare {@link InterruptedException}.
   *
   * @param error what the attempt threw
   * @return whether to make another attempt; if not, {@code error} is to be thrown
   * @throws InterruptedException if the thread is interrupted before or during the wait; its cause
   *     is {@code error}
   */
  public boolean awaitRetryInterruptibly(Exception error) throws InterruptedException {
    return awaitRetryInterruptibly(error, false);
  }

  /**
   * As {@link #awaitRetry(Exception, boolean)} and {@link #awaitRetryInterruptibly(Exception)}.
   *
   * @param error what the attempt threw
   * @param delivered whether the callback has been handed any element, which rules a retry out
   * @return whether to make another attempt; if not, {@code error} is to be thrown
   * @throws InterruptedException if the thread is interrupted before or during the wait; its cause
   *     is {@code error}
   */
  public boolean awaitRetryInterruptibly(Exception error, boolean delivered)
      throws InterruptedException {
    try {
      return decideAndWait(error, delivered);
    } catch (InterruptedException e) {
      var interrupted =
          new InterruptedException(policy.name() + " was interrupted while it waited");
      interrupted.initCause(error);
      call.giveUp(GiveUpReason.INTERRUPTED, interrupted);
      throw interrupted;
    }
  }

  private @Nullable Throwable waitForNext() throws InterruptedException {
    try {
      clock.sleep(call.delayNanos(), call.token());
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable refusal) {
      return call.rejected(refusal);
    }
    return call.waited();
  }

  private boolean decideAndWait(Exception thrown, boolean delivered) throws InterruptedException {
    boolean timedOut = stopTimer();
    GiveUpReason obstacle =
        GiveUps.since(attemptBegun, thrown) ? GiveUpReason.RETRIED_INSIDE : null;
    Throwable end = call.failed(thrown, timedOut, delivered ? GiveUpReason.DELIVERED : obstacle);
    if (end == null) {
      end = waitForNext();
    }
    if (end == null) {
      attemptBegun = GiveUps.now();
      return true;
    }
    call.leavesOnThisThread();
    if (end != thrown) {
      throw (RuntimeException) end; // ours: cancelled, or out of time
    }
    return false;
  }
}
