package dev.llmretry.processor;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the attempts of compiled classes do: static, since static methods make attempts too. */
public final class Script {

  private static final List<Object[]> ATTEMPTS = Collections.synchronizedList(new ArrayList<>());
  private static volatile Throwable failure;
  private static volatile int failures;
  private static volatile Runnable meanwhile;

  private Script() {}

  /** Has the next attempts fail with {@code error}, so often. */
  static void fail(int times, Throwable error) {
    ATTEMPTS.clear();
    failures = times;
    failure = error;
    meanwhile = () -> {};
  }

  /** Has the next attempts fail for a moment, so often. */
  static void fail(int times) {
    fail(times, new ProviderError(FailureKind.SERVER));
  }

  /** Has all attempts fail. */
  static void failAlways() {
    fail(Integer.MAX_VALUE);
  }

  /** Has every attempt do something besides. */
  static void meanwhile(Runnable action) {
    meanwhile = action;
  }

  static int attempts() {
    return ATTEMPTS.size();
  }

  /** Returns what the attempts were made with. */
  static List<Object[]> arguments() {
    return List.copyOf(ATTEMPTS);
  }

  static Throwable failure() {
    return failure;
  }

  /** Makes an attempt, which may throw anything. */
  public static <R> R attempt(R result, Object... arguments) {
    boolean fails = begin(arguments);
    meanwhile.run();
    if (fails) {
      throw Reflection.<RuntimeException>sneak(failure);
    }
    return result;
  }

  /** Makes an attempt that is over when the future is complete. */
  public static <R> CompletableFuture<R> later(R result, Object... arguments) {
    boolean fails = begin(arguments);
    meanwhile.run();
    return fails
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(result);
  }

  private static boolean begin(Object[] arguments) {
    synchronized (ATTEMPTS) {
      ATTEMPTS.add(arguments);
      return ATTEMPTS.size() <= failures;
    }
  }
}
