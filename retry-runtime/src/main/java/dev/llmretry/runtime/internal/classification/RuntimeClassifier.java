package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Classifies the error of an attempt by a runtime's classifiers and the standard one. */
public final class RuntimeClassifier {

  private RuntimeClassifier() {}

  /**
   * {@return the classification of {@code error}} The user's classifiers are not called for an
   * interruption or a cancellation. An exception caused by an interruption or cancellation counts
   * as a cancellation, unless it is a known time-out exception: some clients implement time-outs by
   * interrupting.
   *
   * <p>A cancellation that the server reports, and an {@link java.io.InterruptedIOException}
   * without an interruption among its causes, count as one only if {@code cutOff} or this thread is
   * interrupted: a client that has received an answer did not cancel the request.
   *
   * @param runtime has the user's classifiers and the clock
   * @param error the error of an attempt
   * @param cutOff whether the call has been cancelled, or the attempt has timed out
   */
  public static Failure classify(RetryRuntime runtime, Throwable error, boolean cutOff) {
    Failure failure = isCancellation(error) ? null : askUsers(runtime, error);
    if (failure == null) {
      failure =
          StandardClassifier.instance()
              .classify(error, runtime.clock(), cutOff || Thread.currentThread().isInterrupted());
    }
    boolean settled =
        failure.kind() == FailureKind.TIMEOUT || failure.kind() == FailureKind.CANCELLED;
    Throwable cancellation =
        settled ? null : Throwables.find(error, RuntimeClassifier::isCancellation);
    return cancellation == null
        ? failure
        : Failure.of(FailureKind.CANCELLED, "caused by " + cancellation.getClass().getName());
  }

  private static boolean isCancellation(Throwable error) {
    return error instanceof InterruptedException || error instanceof CancellationException;
  }

  private static @Nullable Failure askUsers(RetryRuntime runtime, Throwable error) {
    for (FailureClassifier classifier : runtime.classifiers()) {
      Failure failure = ask(runtime, classifier, error);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private static @Nullable Failure ask(
      RetryRuntime runtime, FailureClassifier classifier, Throwable error) {
    try {
      return classifier.classify(error, runtime.clock());
    } catch (Throwable e) {
      Log.warning("A failure classifier failed, and is skipped", e);
      return null;
    }
  }
}
