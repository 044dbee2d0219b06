package dev.llmretry.runtime.async;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.Causes;
import dev.llmretry.runtime.internal.Closing;
import dev.llmretry.runtime.internal.Log;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What completion stages of all makes need. */
final class Stages {

  private Stages() {}

  /** Returns what an attempt has returned, which has to be something. */
  static <F> F required(@Nullable F future, RetryPolicy policy) {
    if (future == null) {
      throw new NullPointerException(policy.name() + " returned null instead of a future");
    }
    return future;
  }

  /** Cancels a stage, if it can be. */
  static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // The contract allows it: such a stage goes on unheeded.
    } catch (Throwable e) {
      Log.warning("A completion stage failed to be cancelled", e);
    }
  }

  /** Takes a timer back; where that fails, the call must go on all the same. */
  static void close(Registration timer) {
    Closing.logged(timer, "A clock failed to take back a timer");
  }

  /** Returns what failed, without what dependent stages wrap it in. */
  static Throwable unwrap(Throwable error) {
    Throwable found = Causes.find(error, Stages::isNoWrapper);
    return found == null ? error : found;
  }

  private static boolean isNoWrapper(Throwable error) {
    boolean wraps = error instanceof CompletionException || error instanceof ExecutionException;
    return !wraps || Causes.of(error) == null;
  }
}
