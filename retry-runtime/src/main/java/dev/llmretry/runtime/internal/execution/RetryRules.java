package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the rules of a policy to a failure. */
public final class RetryRules {

  private static final String EXCLUDED = ", excluded by abortOn";

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
    return !isExcluded(policy, error)
        && (byKind || isAnyMatch(policy.retryOn(), policy.abortOn(), error));
  }

  /** Returns whether {@code error} is not retried because of its class, or that of a cause. */
  static boolean isExcluded(RetryPolicy policy, Throwable error) {
    return isAnyMatch(policy.abortOn(), policy.retryOn(), error);
  }

  private static boolean isAnyMatch(
      List<Class<? extends Throwable>> these,
      List<Class<? extends Throwable>> those,
      Throwable error) {
    return !these.isEmpty()
        && Throwables.find(error, cause -> mostSpecific(these, those, cause)) != null;
  }

  /** Returns a failure that says in its reason that the class of its error is excluded. */
  static Failure excluded(Failure failure) {
    return new Failure(
        failure.kind(), failure.retryAfter(), failure.statusCode(), failure.reason() + EXCLUDED);
  }

  /** Returns whether {@link #excluded} has returned a failure. */
  public static boolean isExcluded(Failure failure) {
    return failure.reason().endsWith(EXCLUDED);
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
