package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** What the delegate does in one attempt. */
@FunctionalInterface
public interface Step {

  /** Makes the attempt with the token it is given, and blocks until it is over. */
  String run(World world, CancellationToken token) throws IOException;

  /** Begins the attempt, and blocks no thread. */
  default CompletableFuture<String> begin(World world, CancellationToken token) {
    try {
      return CompletableFuture.completedFuture(run(world, token));
    } catch (IOException | RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns {@code result}. */
  static Step returns(String result) {
    return (world, token) -> result;
  }

  /** Throws {@code error}. */
  static Step fails(IOException error) {
    return (world, token) -> {
      throw error;
    };
  }

  /** Throws {@code error}. */
  static Step fails(RuntimeException error) {
    return (world, token) -> {
      throw error;
    };
  }

  /** Takes its time, and answers an interruption as blocking I/O does. */
  static Step stalls(long millis, String result) {
    return new Stall(Stall.Heeds.INTERRUPT, millis, returns(result));
  }

  /** Takes its time, whatever happens meanwhile, and leaves an interruption for the caller. */
  static Step stallsDeaf(long millis, Step then) {
    return new Stall(Stall.Heeds.NOTHING, millis, then);
  }

  /** Takes its time until its token is cancelled, and leaves an interruption for the caller. */
  static Step waitsForToken(long millis, Step then) {
    return new Stall(Stall.Heeds.TOKEN, millis, then);
  }
}
