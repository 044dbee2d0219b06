package dev.llmretry.conformance;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An attempt that takes some time. */
record Stall(EndedBy endedBy, long millis, Step then) implements Step {

  /** What ends the attempt early. */
  enum EndedBy {
    NOTHING,
    INTERRUPT,
    TOKEN
  }

  @Override
  public String run(TestEnvironment environment, CancellationToken token) throws IOException {
    long end = environment.millis() + millis;
    boolean interrupted = false;
    while (environment.millis() < end && !(endedBy == EndedBy.TOKEN && token.isCancelled())) {
      try {
        long left = Duration.ofMillis(end - environment.millis()).toNanos();
        environment.clock.sleep(left, endedBy == EndedBy.TOKEN ? token : CancellationToken.none());
      } catch (InterruptedException e) {
        if (endedBy == EndedBy.INTERRUPT) {
          throw new InterruptedIOException("stopped");
        }
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return then.run(environment, token);
  }

  /** A cancelled future ignores the result. */
  @Override
  public CompletableFuture<String> begin(TestEnvironment environment, CancellationToken token) {
    var future = new CompletableFuture<String>();
    Runnable goOn =
        () -> {
          if (!future.isDone()) {
            CompletableFuture<String> rest = then.begin(environment, token);
            var unusedCancellation = future.whenComplete((result, error) -> rest.cancel(true));
            var unusedCompletion =
                rest.whenComplete(
                    (result, error) -> {
                      if (error == null) {
                        future.complete(result);
                      } else {
                        future.completeExceptionally(error);
                      }
                    });
          }
        };
    var timer = environment.clock.schedule(Duration.ofMillis(millis), goOn);
    var registration =
        endedBy == EndedBy.TOKEN ? token.onCancel(goOn) : CancellationToken.none().onCancel(goOn);
    var unused =
        future.whenComplete(
            (result, error) -> {
              timer.close();
              registration.close();
            });
    return future;
  }
}
