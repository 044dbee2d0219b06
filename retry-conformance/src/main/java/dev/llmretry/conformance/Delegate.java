package dev.llmretry.conformance;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Follows the script of a case; its last step is repeated for all further attempts. */
public final class Delegate {

  private final TestEnvironment environment;
  private final List<Step> script;

  public Delegate(TestEnvironment environment, List<Step> script) {
    this.environment = environment;
    this.script = script;
  }

  /** Makes an attempt, and blocks until it has ended. */
  public String call(CancellationToken token) throws IOException {
    return next().run(environment, token);
  }

  /** Starts an attempt; its future is complete already if it ends at once. */
  public CompletableFuture<String> begin(CancellationToken token) {
    return next().begin(environment, token);
  }

  /** Starts an attempt that ends later, in the same millisecond at the earliest. */
  public CompletableFuture<String> beginLate(CancellationToken token) {
    Step step = next();
    return new Stall(Stall.EndedBy.NOTHING, 0, step).begin(environment, token);
  }

  private Step next() {
    int step = Math.min(environment.calls, script.size() - 1);
    environment.calls++;
    return script.get(step);
  }

  /** Advances time until {@code future} is done; returns its result or throws its error. */
  public String await(CompletableFuture<String> future) throws IOException {
    environment.clock.advanceUntil(future::isDone);
    Throwable error = future.handle((result, failure) -> failure).join();
    if (error != null) { // get() would replace a cancellation on later JDKs
      throw Delegate.<RuntimeException>sneaky(unwrap(error));
    }
    return future.join();
  }

  /** Returns the error of an attempt, without the wrapper in which a dependent future has it. */
  public static Throwable unwrap(Throwable error) {
    boolean isWrapped = error instanceof CompletionException && error.getCause() != null;
    return isWrapped ? error.getCause() : error;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X sneaky(Throwable error) throws X {
    throw (X) error;
  }
}
