package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** What the delegate does in one attempt. */
@FunctionalInterface
public interface Step {

  /** Makes the attempt with the token it is given. */
  String run(World world, CancellationToken token) throws IOException;

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
    return (world, token) -> {
      try {
        world.clock.sleep(Duration.ofMillis(millis).toNanos(), CancellationToken.none());
        return result;
      } catch (InterruptedException e) {
        throw new InterruptedIOException("stopped");
      }
    };
  }

  /** Takes its time, whatever happens meanwhile, and leaves an interruption for the caller. */
  static Step stallsDeaf(long millis, Step then) {
    return (world, token) -> {
      long end = world.millis() + millis;
      boolean interrupted = false;
      while (world.millis() < end) {
        try {
          long left = Duration.ofMillis(end - world.millis()).toNanos();
          world.clock.sleep(left, CancellationToken.none());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return then.run(world, token);
    };
  }

  /** Takes its time until its token is cancelled, and leaves an interruption for the caller. */
  static Step waitsForToken(long millis, Step then) {
    return (world, token) -> {
      try {
        world.clock.sleep(Duration.ofMillis(millis).toNanos(), token);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return then.run(world, token);
    };
  }
}
