package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Follows the script of a case; its last step is for all further attempts. */
public final class Delegate {

  private final World world;
  private final List<Step> script;

  public Delegate(World world, List<Step> script) {
    this.world = world;
    this.script = script;
  }

  /** Makes one attempt, and blocks until it is over. */
  public String call(CancellationToken token) throws IOException {
    return next().run(world, token);
  }

  /** Begins one attempt; what is over at once is so already. */
  public CompletableFuture<String> begin(CancellationToken token) {
    return next().begin(world, token);
  }

  /** Begins one attempt, which is over at some later moment of the same millisecond at best. */
  public CompletableFuture<String> beginLate(CancellationToken token) {
    Step step = next();
    return new Stall(Stall.Heeds.NOTHING, 0, step).begin(world, token);
  }

  private Step next() {
    int step = Math.min(world.calls, script.size() - 1);
    world.calls++;
    return script.get(step);
  }

  /** Moves time on until {@code future} is done, and returns its result or throws its error. */
  public String await(CompletableFuture<String> future) throws IOException {
    world.clock.advanceUntil(future::isDone);
    Throwable error = future.handle((result, failure) -> failure).join();
    if (error != null) { // get() would replace a cancellation on later JDKs
      boolean wrapped = error instanceof CompletionException && error.getCause() != null;
      throw Delegate.<RuntimeException>sneaky(wrapped ? error.getCause() : error);
    }
    return future.join();
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X sneaky(Throwable error) throws X {
    throw (X) error;
  }
}
