package dev.llmretry.conformance;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The behaviour of the delegate in one attempt. */
@FunctionalInterface
public interface Step {

  /** Makes the attempt, and blocks until it has ended. */
  String run(TestEnvironment environment, CancellationToken token) throws IOException;

  /** Starts the attempt, without blocking a thread. */
  default CompletableFuture<String> begin(TestEnvironment environment, CancellationToken token) {
    try {
      return CompletableFuture.completedFuture(run(environment, token));
    } catch (IOException | RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns {@code result}. */
  static Step returns(String result) {
    return (environment, token) -> result;
  }

  /** Throws {@code error}. */
  static Step fails(IOException error) {
    return (environment, token) -> {
      throw error;
    };
  }

  /** Throws {@code error}. */
  static Step fails(RuntimeException error) {
    return (environment, token) -> {
      throw error;
    };
  }

  /** Takes some time, and responds to an interrupt as blocking I/O does. */
  static Step stalls(long millis, String result) {
    return new Stall(Stall.EndedBy.INTERRUPT, millis, returns(result));
  }

  /** Takes some time, ignores interrupts and cancellation, and restores the interrupt flag. */
  static Step stallsIgnoringInterrupts(long millis, Step then) {
    return new Stall(Stall.EndedBy.NOTHING, millis, then);
  }

  /** Takes some time until its token is cancelled, and restores the interrupt flag. */
  static Step waitsForToken(long millis, Step then) {
    return new Stall(Stall.EndedBy.TOKEN, millis, then);
  }

  /** Blocks the calling thread until {@code step} has ended, whoever makes the attempt. */
  static Step blocks(Step step) {
    return (environment, token) -> step.run(environment, token);
  }
}
