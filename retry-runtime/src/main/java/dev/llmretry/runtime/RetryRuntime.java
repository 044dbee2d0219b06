package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.runtime.classification.StandardClassifier;
import dev.llmretry.runtime.internal.Causes;
import dev.llmretry.runtime.internal.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What retried calls need from around them: a clock, a cancellation token for all of them, a
 * listener, and what the user knows about failures that the standard classification does not.
 * Immutable, and safe for use by several threads; one serves any number of wrappers.
 */
public final class RetryRuntime {

  private static final Executor COMMON_POOL = commonPool();
  private static final RetryRuntime STANDARD = builder().build();

  private final BackoffClock clock;
  private final CancellationToken token;
  private final @Nullable RetryListener listener;
  private final List<FailureClassifier> classifiers;
  private final DoubleSupplier random;
  private final @Nullable Executor executor;
  private final @Nullable Supplier<? extends Executor> executorPerCall;

  private RetryRuntime(Builder builder) {
    clock = builder.clock;
    token = builder.token;
    listener = builder.listener;
    classifiers = List.copyOf(builder.classifiers);
    random = builder.random;
    executor = builder.executor;
    executorPerCall = builder.executorPerCall;
  }

  private RetryRuntime(RetryRuntime other, @Nullable Executor executor) {
    clock = other.clock;
    token = other.token;
    listener = other.listener;
    classifiers = other.classifiers;
    random = other.random;
    this.executor = executor;
    executorPerCall = null;
  }

  /**
   * That of {@link CompletableFuture} starts a thread for each task where there are one or two
   * processors, until JDK 25; a common pool without threads runs nothing by itself.
   */
  private static Executor commonPool() {
    return ForkJoinPool.getCommonPoolParallelism() > 0
        ? ForkJoinPool.commonPool()
        : new CompletableFuture<>().defaultExecutor();
  }

  /**
   * {@return the runtime with the system's clock, no token, no listener and standard
   * classification}
   */
  public static RetryRuntime standard() {
    return STANDARD;
  }

  /** {@return a builder that starts from the {@link #standard} runtime} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the clock} */
  public BackoffClock clock() {
    return clock;
  }

  /**
   * {@return what runs the later attempts of calls that block no thread} Where each call has its
   * own, it is in the runtime that {@link #forCall} returns.
   */
  public Executor executor() {
    return executor == null ? COMMON_POOL : executor;
  }

  /**
   * {@return whether an executor has been set, even if it is the common pool} Where each call has
   * its own, ask the runtime that {@link #forCall} returns. For those who drive calls themselves,
   * and have threads of their own to go on.
   */
  public boolean hasOwnExecutor() {
    return executor != null;
  }

  /**
   * Asks for the executor of a call, where {@linkplain Builder#executorPerCall each has its own}.
   * For those who drive calls themselves: by the thread that makes the call.
   *
   * @return the runtime for that call; this one if all calls share an executor
   */
  public RetryRuntime forCall() {
    if (executorPerCall == null) {
      return this;
    }
    try {
      return new RetryRuntime(this, requireNonNull(executorPerCall.get(), "no executor"));
    } catch (Throwable e) {
      Log.warning("There is no executor for a call; the one for all calls stands in", e);
      return new RetryRuntime(this, executor);
    }
  }

  /** {@return the token that cancels all calls} */
  public CancellationToken token() {
    return token;
  }

  @Nullable RetryListener listener() {
    return listener;
  }

  /**
   * Returns whether this is the standard runtime, which has neither token nor listener. To compare
   * it with a constant costs less than to load the two, which counts where nothing fails.
   */
  boolean isStandard() {
    return this == STANDARD;
  }

  double random() {
    try {
      return random.getAsDouble();
    } catch (Throwable e) {
      Log.warning("The source of random numbers for jitter failed; another one stands in", e);
      return ThreadLocalRandom.current().nextDouble();
    }
  }

  /**
   * Asks the user's classifiers in their order, then the standard one, which always answers. That
   * an interruption or cancellation is one is not theirs to say; behind another exception it is one
   * too, unless that is known to be a time-out, which some clients enforce by interrupting.
   */
  Failure classify(Throwable error) {
    Failure failure = isCancellation(error) ? null : askUsers(error);
    if (failure == null) {
      failure = StandardClassifier.instance().classify(error, clock);
    }
    boolean settled =
        failure.kind() == FailureKind.TIMEOUT || failure.kind() == FailureKind.CANCELLED;
    Throwable cancellation = settled ? null : Causes.find(error, RetryRuntime::isCancellation);
    return cancellation == null
        ? failure
        : Failure.of(FailureKind.CANCELLED, "caused by " + cancellation.getClass().getName());
  }

  private static boolean isCancellation(Throwable error) {
    return error instanceof InterruptedException || error instanceof CancellationException;
  }

  private @Nullable Failure askUsers(Throwable error) {
    for (FailureClassifier classifier : classifiers) {
      Failure failure = ask(classifier, error);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private @Nullable Failure ask(FailureClassifier classifier, Throwable error) {
    try {
      return classifier.classify(error, clock);
    } catch (Throwable e) {
      Log.warning("A failure classifier failed, and is passed over", e);
      return null;
    }
  }

  /** Collects settings. Not safe for use by several threads. */
  public static final class Builder {

    private BackoffClock clock = BackoffClock.system();
    private CancellationToken token = CancellationToken.none();
    private @Nullable RetryListener listener;
    private final List<FailureClassifier> classifiers = new ArrayList<>();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    private @Nullable Executor executor;
    private @Nullable Supplier<? extends Executor> executorPerCall;

    private Builder() {}

    /**
     * Sets the clock; the system's unless set.
     *
     * @param source the clock
     * @return this builder
     */
    public Builder clock(BackoffClock source) {
      clock = requireNonNull(source, "clock");
      return this;
    }

    /**
     * Sets a token that cancels all calls, such as one for the shutdown of the application. A
     * call's own token counts besides.
     *
     * @param forAllCalls cancels every call in this runtime
     * @return this builder
     */
    public Builder token(CancellationToken forAllCalls) {
      token = requireNonNull(forAllCalls, "token");
      return this;
    }

    /**
     * Sets the listener; none unless set.
     *
     * @param observer hears of every call in this runtime
     * @return this builder
     */
    public Builder listener(RetryListener observer) {
      listener = requireNonNull(observer, "listener");
      return this;
    }

    /**
     * Adds a classifier that is asked before the standard one and before all that are added later.
     * It returns null for what it does not know.
     *
     * @param first the classifier
     * @return this builder
     */
    public Builder classifier(FailureClassifier first) {
      classifiers.add(requireNonNull(first, "classifier"));
      return this;
    }

    /**
     * Sets where jitter gets its random numbers from, 0 inclusive to 1 exclusive. For repeatable
     * runs, {@code new Random(42)::nextDouble}.
     *
     * @param source the source, which threads may ask at the same time
     * @return this builder
     */
    public Builder random(DoubleSupplier source) {
      random = requireNonNull(source, "random");
      return this;
    }

    /**
     * Sets what runs the later attempts of calls that block no thread: those that return futures or
     * publishers, or that take callbacks. The first attempt is made by the caller. Unless set, the
     * common pool. It is called when the attempt is due, by the thread of the clock or that on
     * which the attempt before has failed, where nothing is known of the caller any more; see
     * {@link #executorPerCall}. One that refuses an attempt ends the call.
     *
     * @param forLaterAttempts runs each of them
     * @return this builder
     */
    public Builder executor(Executor forLaterAttempts) {
      executor = requireNonNull(forLaterAttempts, "executor");
      return this;
    }

    /**
     * Sets where each call gets an {@link #executor(Executor) executor} of its own from, so that
     * its later attempts can have the caller's context, such as the diagnostic context of a logger.
     * It is asked by the thread that makes the call, or that subscribes to a publisher, before the
     * call returns; for a future not at all if the first attempt has succeeded by then, and needs
     * neither a token nor a limit in time.
     *
     * <pre>{@code
     * builder.executorPerCall(
     *     () -> {
     *       Map<String, String> context = MDC.getCopyOfContextMap();
     *       return attempt -> pool.execute(() -> runWith(context, attempt));
     *     });
     * }</pre>
     *
     * <p>If it fails, or returns null, that is logged, and the executor for all calls stands in.
     *
     * @param capturing makes an executor, which threads may ask for at the same time
     * @return this builder
     */
    public Builder executorPerCall(Supplier<? extends Executor> capturing) {
      executorPerCall = requireNonNull(capturing, "executorPerCall");
      return this;
    }

    /**
     * Makes the runtime.
     *
     * @return the runtime
     */
    public RetryRuntime build() {
      return new RetryRuntime(this);
    }
  }
}
