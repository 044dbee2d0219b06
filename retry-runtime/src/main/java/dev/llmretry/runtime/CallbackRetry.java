package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.RoutedAttempt;
import dev.llmretry.runtime.internal.stream.Downstream;
import dev.llmretry.runtime.internal.stream.RetryStream;
import dev.llmretry.runtime.internal.stream.StreamAttempt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that report elements, errors and their end to a callback. Each attempt is passed a
 * callback of its own, which reports to a {@link CallbackAttempt}.
 *
 * <pre>{@code
 * CallbackRetry.call(runtime, policy, token, observer::onError,
 *     attempt -> client.stream(request, new StreamObserver<Chunk>() {
 *       public void onNext(Chunk chunk) {
 *         attempt.element(chunk, () -> observer.onNext(chunk));
 *       }
 *       public void onError(Throwable error) {
 *         attempt.failed(error);
 *       }
 *       public void onCompleted() {
 *         attempt.completed(observer::onCompleted);
 *       }
 *     }));
 * }</pre>
 *
 * <p>An attempt that fails before its first element of content, by reporting an error or by
 * throwing, is retried; after that element, the call is not retried. The caller's callback receives
 * each element once, and the terminal error if the call fails; nothing is thrown to the caller. If
 * the callback itself throws, that ends the call. The first attempt is made by the calling thread,
 * later ones by the runtime's {@linkplain RetryRuntime.Builder#executor executor}. Time-outs and
 * tokens are those of {@link PublisherRetry}.
 *
 * <p>The method is safe for use by several threads.
 */
public final class CallbackRetry {

  private CallbackRetry() {}

  /**
   * Retries a call.
   *
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param onError receives the terminal error
   * @param call begins an attempt each time it is called
   */
  public static void call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      Consumer<? super Throwable> onError,
      CallbackCall call) {
    RetryRuntime forCall = CallScheduler.forCall(runtime);
    var stream =
        new RetryStream<Runnable>(
            forCall,
            policy,
            token,
            new CallScheduler(forCall),
            attempt -> call.call(new ReportingAttempt(attempt)),
            new CallbackDownstream(onError));
    stream.start(() -> stream.request(Long.MAX_VALUE));
  }

  /** A call that reports to a callback, made once for each attempt. */
  @FunctionalInterface
  public interface CallbackCall {

    /**
     * Begins an attempt.
     *
     * @param attempt receives what the attempt's callback reports
     * @throws Throwable if the attempt fails at once
     */
    void call(CallbackAttempt attempt) throws Throwable;
  }

  /** An attempt, and the target of its callback. Safe for use by several threads. */
  public interface CallbackAttempt extends Attempt {

    /**
     * Holds back an announcement of the stream, such as {@code onOpen}, until the first element of
     * content has arrived.
     *
     * @param delivery notifies the caller's callback
     */
    void announcement(Runnable delivery);

    /**
     * Emits an element; holds it back if it is preamble and nothing has been emitted.
     *
     * @param element the element, passed to the policy's preamble predicate and check
     * @param delivery notifies the caller's callback
     */
    void element(@Nullable Object element, Runnable delivery);

    /**
     * Emits the completion of the stream.
     *
     * @param delivery notifies the caller's callback
     */
    void completed(Runnable delivery);

    /**
     * Reports the failure of the attempt, which may be retried.
     *
     * @param error the attempt's error; null is replaced by a {@link NullPointerException}
     */
    void failed(@Nullable Throwable error);
  }

  private record ReportingAttempt(StreamAttempt<Runnable> attempt)
      implements CallbackAttempt, RoutedAttempt {

    @Override
    public void announcement(Runnable delivery) {
      attempt.onNext(delivery, true, null);
    }

    @Override
    public void element(@Nullable Object element, Runnable delivery) {
      attempt.onNext(delivery, attempt.isPreamble(element), attempt.reject(element));
    }

    @Override
    public void completed(Runnable delivery) {
      attempt.onComplete(delivery);
    }

    @Override
    public void failed(@Nullable Throwable error) {
      attempt.onError(
          error == null ? new NullPointerException("the callback was passed no error") : error);
    }

    @Override
    public CancellationToken token() {
      return attempt.token();
    }

    @Override
    public int number() {
      return attempt.number();
    }

    @Override
    public boolean isHedge() {
      return attempt.isHedge();
    }

    @Override
    public int routeIndex() {
      return attempt.routeIndex();
    }

    @Override
    public @Nullable String route() {
      return attempt.route();
    }

    @Override
    public String callId() {
      return attempt.callId();
    }

    @Override
    public <Q extends @Nullable Object> Q revise(Q request) {
      return attempt.revise(request);
    }

    @Override
    public @Nullable FailedAttempt lastFailure() {
      return attempt.lastFailure();
    }
  }

  private record CallbackDownstream(Consumer<? super Throwable> onError)
      implements Downstream<Runnable> {

    @Override
    public void onNext(Runnable delivery) {
      delivery.run();
    }

    /** The completion has been emitted as the last element. */
    @Override
    public void onComplete() {}

    @Override
    public void onError(Throwable error) {
      onError.accept(error);
    }

    @Override
    public boolean receivesOwnFailure() {
      return true;
    }
  }
}
