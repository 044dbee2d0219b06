package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import dev.llmretry.runtime.internal.cancellation.SafeToken;
import dev.llmretry.runtime.internal.execution.BlockingAttemptScope;
import dev.llmretry.runtime.internal.execution.NestedRetryTracker;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.execution.UntimedAttempt;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * State of a blocking call that is being retried, for generated code. If attempts have no time
 * limit, it is created when one fails; or at the beginning, if there is a listener, or the upstream
 * is not dormant since the provider has pushed back lately or a retry was made:
 *
 * <pre>{@code
 * RetryLoop retries = RetryLoop.begin(runtime, POLICY, token);
 * long startSequence = RetryLoop.sequence();
 * while (true) {
 *   try {
 *     Answer answer = delegate.ask(question, token);
 *     if (retries != null) {
 *       retries.succeeded();
 *     }
 *     return answer;
 *   } catch (Exception e) {
 *     if (retries == null) {
 *       retries = new RetryLoop(runtime, POLICY, token, startSequence);
 *     }
 *     if (!retries.awaitRetry(e)) {
 *       throw e;
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>If they have a time limit, each attempt has a token and a timer of its own:
 *
 * <pre>{@code
 * RetryLoop retries = RetryLoop.beginTimed(runtime, POLICY, token);
 * while (true) {
 *   Attempt attempt = retries.beginAttempt();
 *   try {
 *     Answer answer = delegate.ask(question, attempt.token());
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
 * <p>Not thread-safe.
 */
public final class RetryLoop {

  private final RetryExecution execution;
  private long startSequence;
  private @Nullable BlockingAttemptScope scope;

  /**
   * Creates the state of a call whose first attempt has failed.
   *
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @param startSequence the {@link #sequence} number before the first attempt
   */
  public RetryLoop(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      long startSequence) {
    this.execution = new RetryExecution(runtime, policy, token);
    this.startSequence = startSequence;
  }

  /**
   * Begins a call whose attempts have no time limit. Waits if the {@link
   * dev.llmretry.runtime.Upstream} of the call does not admit an attempt yet.
   *
   * @param runtime clock, executor, listeners, token and upstream of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return the state of the call if a success must be reported; null if nothing is needed until an
   *     attempt fails
   * @throws CancelledException if the call is cancelled already, or cancelled or interrupted while
   *     it waits; the interrupt flag is set in the latter case
   * @throws HeldBackException if the upstream does not admit an attempt in time
   */
  public static @Nullable RetryLoop begin(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    if (mayBegin(runtime, token)) {
      return null;
    }
    throwIfCancelled(runtime, policy, token);
    return needsState(runtime) ? admitted(runtime, policy, token) : null;
  }

  /**
   * As {@link #begin}, for methods that declare {@link InterruptedException}.
   *
   * @param runtime clock, executor, listeners, token and upstream of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return the state of the call if a success must be reported; null if nothing is needed until an
   *     attempt fails
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static @Nullable RetryLoop beginInterruptibly(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token)
      throws InterruptedException {
    if (mayBegin(runtime, token)) {
      return null;
    }
    throwIfCancelled(runtime, policy, token);
    return needsState(runtime) ? admittedInterruptibly(runtime, policy, token) : null;
  }

  /**
   * Begins a call with a deadline or an attempt time-out; else as {@link #begin}.
   *
   * @param runtime clock, executor, listeners, token and upstream of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return the state of the call
   */
  public static RetryLoop beginTimed(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    throwIfCancelled(runtime, policy, token);
    return admitted(runtime, policy, token);
  }

  /**
   * As {@link #beginTimed}, for methods that declare {@link InterruptedException}.
   *
   * @param runtime clock, executor, listeners, token and upstream of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return the state of the call
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RetryLoop beginTimedInterruptibly(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token)
      throws InterruptedException {
    throwIfCancelled(runtime, policy, token);
    return admittedInterruptibly(runtime, policy, token);
  }

  /** Returns whether the call needs no state unless its first attempt fails; usually two reads. */
  private static boolean mayBegin(RetryRuntime runtime, @Nullable CancellationToken token) {
    return runtime.isDormant() && !isCancelled(token);
  }

  private static void throwIfCancelled(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    if (isCancelled(token)
        || (runtime.token() != CancellationToken.none() && isCancelled(runtime.token()))) {
      throw RetryExecution.onCancelledBeforeFirstAttempt(runtime, policy);
    }
  }

  /**
   * {@return whether a token is cancelled} One that throws is logged and counts as not cancelled.
   *
   * @param token a token, or null for none
   */
  public static boolean isCancelled(@Nullable CancellationToken token) {
    return token != null && SafeToken.isCancelled(token);
  }

  private static boolean needsState(RetryRuntime runtime) {
    return runtime.listener() != null || RetryExecution.needsAdmission(runtime);
  }

  private static RetryLoop admitted(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    var loop = new RetryLoop(runtime, policy, token, sequence());
    try {
      loop.awaitFirstAttempt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancelledException(loop.interruptedMessage());
      loop.execution.onInterrupted(cancelled);
      throw cancelled;
    }
    return loop;
  }

  private static RetryLoop admittedInterruptibly(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token)
      throws InterruptedException {
    var loop = new RetryLoop(runtime, policy, token, sequence());
    try {
      loop.awaitFirstAttempt();
    } catch (InterruptedException e) {
      var interrupted = new InterruptedException(loop.interruptedMessage());
      loop.execution.onInterrupted(interrupted);
      throw interrupted;
    }
    return loop;
  }

  private void awaitFirstAttempt() throws InterruptedException {
    if (execution.needsAdmission()) {
      Throwable end = awaitAdmission();
      if (end != null) {
        // Unchecked: a HeldBackException or CancelledException, or the rejection of the clock.
        throw SneakyThrow.<RuntimeException>of(end);
      }
      startSequence = sequence();
    }
    execution.onAttemptStarted();
  }

  /** {@return the current sequence number; identifies errors recorded after this point} */
  public static long sequence() {
    return NestedRetryTracker.sequence();
  }

  /**
   * {@return the token of the attempt that the caller of a method has passed, or null}
   *
   * @param passed the caller's argument, which may be null
   */
  public static @Nullable CancellationToken tokenOf(@Nullable Attempt passed) {
    return passed == null ? null : passed.token();
  }

  /**
   * {@return the first attempt of a call without a time limit} Its token is the call's own,
   * combined with the runtime's.
   *
   * @param retries the state of the call, as {@link #begin} has returned it
   * @param runtime clock, executor, listeners and token of the call
   * @param token the call's own token, or null
   */
  public static Attempt firstAttempt(
      @Nullable RetryLoop retries, RetryRuntime runtime, @Nullable CancellationToken token) {
    return new UntimedAttempt(
        LinkedToken.of(runtime.token(), token),
        runtime,
        retries == null ? null : retries.execution);
  }

  /**
   * {@return the next attempt of a call without a time limit}
   *
   * @param failed the failed attempt, which {@link #firstAttempt} or this method has returned
   */
  public Attempt nextAttempt(Attempt failed) {
    return ((UntimedAttempt) failed).next(execution);
  }

  /**
   * {@return the delegate of the route that the next attempt takes}
   *
   * @param <D> the type of delegate
   * @param routes the routes of the wrapper
   * @param retries the state of the call, as {@link #begin} has returned it
   */
  public static <D> D delegate(Routes<D> routes, @Nullable RetryLoop retries) {
    return routes.get(retries == null ? 0 : retries.execution.route());
  }

  /**
   * {@return the request for the attempt that follows a failed one}
   *
   * @param <Q> the request
   * @param request the request that the caller has passed
   */
  public <Q extends @Nullable Object> Q revise(Q request) {
    return execution.revise(request);
  }

  /**
   * Begins an attempt with a token and a timer of its own.
   *
   * @return the attempt
   */
  public Attempt beginAttempt() {
    try {
      var begun = new BlockingAttemptScope(execution);
      scope = begun;
      return begun;
    } catch (Throwable rejection) {
      // Unchecked: the rejection, or the error of an attempt, which the method declares.
      throw SneakyThrow.<RuntimeException>of(execution.onRejected(rejection));
    }
  }

  /**
   * {@return the emission guard of the current attempt, for {@link CallbackGate}} It returns true,
   * and keeps the attempt from timing out, unless the attempt has timed out; then it throws {@link
   * CancellationException}, so that the attempt stops. It may be called by any thread.
   */
  public BooleanSupplier emissionGuard() {
    BlockingAttemptScope begun = Objects.requireNonNull(scope, "no attempt has begun");
    return () -> {
      if (begun.tryStartEmitting()) {
        return true;
      }
      throw new CancellationException("The attempt has timed out");
    };
  }

  /** Ends the attempt: stops its timer, and clears the interrupt of its time-out. */
  public void endAttempt() {
    endScope();
  }

  /** Returns whether the attempt had timed out. */
  private boolean endScope() {
    BlockingAttemptScope begun = scope;
    scope = null;
    return begun != null && begun.end();
  }

  /**
   * Checks the result of an attempt. If it is rejected and no retry follows, the caller must return
   * it:
   *
   * <pre>{@code
   * Answer answer = null;
   * while (true) {
   *   try {
   *     answer = delegate.ask(question);
   *     RetryLoop.check(POLICY, answer);
   *     ...
   *   } catch (Exception e) {
   *     ...
   *     if (!retries.awaitRetry(e)) {
   *       if (RetryLoop.isRejected(POLICY, e)) {
   *         return answer;
   *       }
   *       throw e;
   *     }
   *   }
   * }
   * }</pre>
   *
   * @param policy has the check
   * @param result the result of the attempt
   * @throws RejectedResultException if it is rejected
   */
  public static void check(RetryPolicy policy, @Nullable Object result) {
    RejectedResultException rejected = Results.reject(policy, result);
    if (rejected != null) {
      throw rejected;
    }
  }

  /**
   * {@return whether an attempt failed since its result was rejected}
   *
   * @param policy has the check
   * @param error the error of the attempt
   */
  public static boolean isRejected(RetryPolicy policy, Exception error) {
    return error instanceof RejectedResultException rejected && rejected.isOf(policy);
  }

  /** Ends the attempt, which returned a result. */
  public void succeeded() {
    endAttempt();
    execution.onSuccess();
  }

  /**
   * Decides whether a failed attempt is retried, and if so waits for the delay.
   *
   * @param error the error that the attempt threw
   * @return whether to make another attempt; if not, the caller must throw {@code error}
   * @throws CancelledException if the call is cancelled, or the thread interrupted, before or
   *     during the delay; the interrupt flag is set in the latter case
   * @throws AttemptTimeoutException if {@code error} is only the attempt's response to its time-out
   */
  public boolean awaitRetry(Exception error) {
    return awaitRetry(error, false);
  }

  /**
   * As {@link #awaitRetry(Exception)}, for a method that emits elements to a callback.
   *
   * @param error the error that the attempt threw
   * @param emitted whether it has emitted elements, in which case it is not retried
   * @return whether to make another attempt; if not, the caller must throw {@code error}
   */
  public boolean awaitRetry(Exception error, boolean emitted) {
    try {
      return decideAndWait(error, emitted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancelledException(interruptedMessage(), error);
      execution.onInterrupted(cancelled);
      throw cancelled;
    }
  }

  /**
   * As {@link #awaitRetry(Exception)}, for methods that declare {@link InterruptedException}.
   *
   * @param error the error that the attempt threw
   * @return whether to make another attempt; if not, the caller must throw {@code error}
   * @throws InterruptedException if the thread is interrupted before or during the delay; its cause
   *     is {@code error}
   */
  public boolean awaitRetryInterruptibly(Exception error) throws InterruptedException {
    return awaitRetryInterruptibly(error, false);
  }

  /**
   * As {@link #awaitRetry(Exception, boolean)} and {@link #awaitRetryInterruptibly(Exception)}.
   *
   * @param error the error that the attempt threw
   * @param emitted whether it has emitted elements, in which case it is not retried
   * @return whether to make another attempt; if not, the caller must throw {@code error}
   * @throws InterruptedException if the thread is interrupted before or during the delay; its cause
   *     is {@code error}
   */
  public boolean awaitRetryInterruptibly(Exception error, boolean emitted)
      throws InterruptedException {
    try {
      return decideAndWait(error, emitted);
    } catch (InterruptedException e) {
      var interrupted = new InterruptedException(interruptedMessage());
      interrupted.initCause(error);
      execution.onInterrupted(interrupted);
      throw interrupted;
    }
  }

  private String interruptedMessage() {
    return execution.policy().name() + " was interrupted while it waited";
  }

  private boolean decideAndWait(Exception thrown, boolean emitted) throws InterruptedException {
    boolean timedOut = endScope();
    boolean alreadyRetried = NestedRetryTracker.wasRetriedSince(startSequence, thrown);
    Throwable end = execution.onAttemptFailed(thrown, timedOut, emitted, alreadyRetried);
    if (end == null) {
      end = awaitDelay();
    }
    if (end == null) {
      startSequence = sequence();
      execution.onAttemptStarted();
      return true;
    }
    execution.recordExhausted();
    if (end != thrown) {
      throw (RuntimeException) end; // a CancelledException or AttemptTimeoutException
    }
    return false;
  }

  private @Nullable Throwable awaitDelay() throws InterruptedException {
    try {
      execution.runtime().clock().sleep(execution.delayNanos(), execution.token());
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable rejection) {
      return execution.onRejected(rejection);
    }
    return awaitAdmission();
  }

  private @Nullable Throwable awaitAdmission() throws InterruptedException {
    Throwable refusal;
    try {
      refusal = execution.awaitAdmission();
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable rejection) {
      return execution.onRejected(rejection);
    }
    return refusal == null ? execution.onDelayElapsed() : refusal;
  }
}
