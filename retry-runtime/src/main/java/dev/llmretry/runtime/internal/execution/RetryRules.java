package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the rules of a policy to a failure. */
final class RetryRules {

  private RetryRules() {}

  /** Returns whether {@code error}, which was classified as {@code failure}, may be retried. */
  static boolean isRetryable(RetryPolicy policy, Throwable error, Failure failure) {
    FailureKind kind = failure.kind();
    return isRetryable(
        policy, error, kind, kind.isRetryable() || policy.retryOnKinds().contains(kind));
  }

  /**
   * Returns whether {@code error} may be retried.
   *
   * @param byKind whether failures of its kind are, unless an exception or a setting forbids it
   */
  static boolean isRetryable(
      RetryPolicy policy, Throwable error, FailureKind kind, boolean byKind) {
    if (kind == FailureKind.CANCELLED
        || policy.abortOnKinds().contains(kind)
        || Throwables.find(error, Error.class::isInstance) != null) {
      return false;
    }
    List<Class<? extends Throwable>> retryOn = policy.retryOn();
    List<Class<? extends Throwable>> abortOn = policy.abortOn();
    boolean byClass = false;
    if (!abortOn.isEmpty() || !retryOn.isEmpty()) {
      if (Throwables.find(error, cause -> mostSpecific(abortOn, retryOn, cause)) != null) {
        return false;
      }
      byClass = Throwables.find(error, cause -> mostSpecific(retryOn, abortOn, cause)) != null;
    }
    return byClass || byKind;
  }

  /**
   * Returns whether a class in {@code these} matches, and is at least as specific as those that
   * match in {@code those}.
   */
  private static boolean mostSpecific(
      List<Class<? extends Throwable>> these,
      List<Class<? extends Throwable>> those,
      Throwable error) {
    Class<?> best = mostSpecificMatch(these, error);
    if (best == null) {
      return false;
    }
    Class<?> other = mostSpecificMatch(those, error);
    return other == null || other.isAssignableFrom(best);
  }

  /**
   * All matching classes are superclasses of the error's class, so one of them is the most
   * specific.
   */
  private static @Nullable Class<?> mostSpecificMatch(
      List<Class<? extends Throwable>> classes, Throwable error) {
    Class<?> best = null;
    for (Class<?> candidate : classes) {
      if (candidate.isInstance(error) && (best == null || best.isAssignableFrom(candidate))) {
        best = candidate;
      }
    }
    return best;
  }
}
