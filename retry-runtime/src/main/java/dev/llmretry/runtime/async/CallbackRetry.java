package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that tell everything through a callback: elements, errors, and their end. Each
 * attempt is handed a callback of its own, which brings what it hears to a {@link CallbackAttempt}.
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
 * <p>An attempt that fails before its first element of content is retried, whether it says so or
 * throws; after it, nothing is. The caller's callback hears each element once, and the error that
 * ends the call, if there is one: nothing is thrown. What it throws itself ends the call, too. The
 * first attempt is made by the calling thread, the later ones by the runtime's {@linkplain
 * RetryRuntime#executor executor}. Time-outs and tokens hold as for {@link PublisherRetry}.
 */
public final class CallbackRetry {

  private CallbackRetry() {}

  /**
   * Retries a call.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param onError hears of the error that ends the call
   * @param opening begins an attempt each time it is called
   */
  public static void call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      Consumer<? super Throwable> onError,
      Opening opening) {
    StreamCall.Opening<Runnable> open =
        attempt -> opening.open(new CallbackAttempt(policy, attempt));
    var retried = new StreamCall<Runnable>(runtime, policy, token, open, new Outlet(onError));
    retried.start(() -> retried.request(Long.MAX_VALUE));
  }

  /** Begins an attempt. */
  @FunctionalInterface
  public interface Opening {

    /**
     * Begins an attempt.
     *
     * @param attempt what the attempt's callback reports to
     * @throws Throwable if it fails at once
     */
    void open(CallbackAttempt attempt) throws Throwable;
  }

  private record Outlet(Consumer<? super Throwable> onError) implements StreamOutlet<Runnable> {

    @Override
    public void next(Runnable delivery) {
      delivery.run();
    }

    /** The last element was the end. */
    @Override
    public void completed() {}

    @Override
    public void failed(Throwable error) {
      onError.accept(error);
    }

    @Override
    public boolean hearsOfItsOwnFailure() {
      return true;
    }
  }
}
