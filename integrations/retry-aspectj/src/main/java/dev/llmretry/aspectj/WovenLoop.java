package dev.llmretry.aspectj;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * The state of a call that the woven loop retries. With the standard runtime, settings are looked
 * up only when an attempt has failed.
 */
public final class WovenLoop {

  private final @Nullable WovenMethod method;
  private final @Nullable RetryLoop retries;

  private WovenLoop(@Nullable WovenMethod method, @Nullable RetryLoop retries) {
    this.method = method;
    this.retries = retries;
  }

  /**
   * Begins a call. Waits if the upstream of the class does not admit an attempt yet.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param place the join point of the method
   * @param self the instance whose method is called
   * @param token the call's own token, or null
   * @return the state of the call if a success must be reported; null if nothing is needed until an
   *     attempt fails
   */
  public static @Nullable WovenLoop begin(
      RetryRuntime runtime,
      JoinPoint.StaticPart place,
      Object self,
      @Nullable CancellationToken token) {
    return runtime != RetryRuntime.standard()
            || RetryLoop.isCancelled(token)
            || WovenClass.needsAdmission(place)
        ? beginLookedAt(runtime, place, self, token)
        : null;
  }

  private static @Nullable WovenLoop beginLookedAt(
      RetryRuntime runtime,
      JoinPoint.StaticPart place,
      Object self,
      @Nullable CancellationToken token) {
    WovenMethod method = find(place, self, null);
    if (method == null) {
      return null;
    }
    RetryRuntime shared = WovenClass.runtimeOf(place, runtime);
    try {
      RetryLoop retries =
          method.admitsInterrupt()
              ? RetryLoop.beginInterruptibly(shared, method.policy(), token)
              : RetryLoop.begin(shared, method.policy(), token);
      return retries == null ? null : new WovenLoop(method, retries);
    } catch (InterruptedException e) {
      throw SneakyThrow.<RuntimeException>of(e); // unchecked: the method declares it
    }
  }

  private static @Nullable WovenMethod find(
      JoinPoint.StaticPart place, Object self, @Nullable Exception error) {
    WovenMethod method = WovenClass.method(place, self, error);
    if (method != null && method.driver() != null) {
      throw WovenClass.notProcessed(place.getSignature().getDeclaringType(), error);
    }
    return method;
  }

  /**
   * {@return the state after the first attempt has failed}
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param place the join point of the method
   * @param self the instance whose method is called
   * @param token the call's own token, or null
   * @param startSequence the {@link RetryLoop#sequence} number before the first attempt
   * @param error the error that the attempt threw
   */
  public static WovenLoop failed(
      RetryRuntime runtime,
      JoinPoint.StaticPart place,
      Object self,
      @Nullable CancellationToken token,
      long startSequence,
      Exception error) {
    WovenMethod method = find(place, self, error);
    return new WovenLoop(
        method,
        method == null
            ? null
            : new RetryLoop(
                WovenClass.runtimeOf(place, runtime), method.policy(), token, startSequence));
  }

  /**
   * Decides whether a failed attempt is retried, and if so waits for the delay. Otherwise throws
   * {@code error} or another terminal error.
   *
   * @param error the error that the attempt threw
   */
  public void awaitRetry(Exception error) {
    boolean again;
    try {
      again = method != null && retries != null && mayRetry(method, retries, error);
    } catch (InterruptedException e) {
      throw SneakyThrow.<RuntimeException>of(e); // unchecked: the method declares it
    }
    if (!again) {
      throw SneakyThrow.<RuntimeException>of(error);
    }
  }

  private static boolean mayRetry(WovenMethod method, RetryLoop retries, Exception error)
      throws InterruptedException {
    return method.admitsInterrupt()
        ? retries.awaitRetryInterruptibly(error)
        : retries.awaitRetry(error);
  }

  /** Reports a success. */
  public void succeeded() {
    if (retries != null) {
      retries.succeeded();
    }
  }
}
