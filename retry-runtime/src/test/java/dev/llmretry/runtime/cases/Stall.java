package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An attempt that takes its time. */
record Stall(Heeds heeds, long millis, Step then) implements Step {

  /** What ends it early. */
  enum Heeds {
    NOTHING,
    INTERRUPT,
    TOKEN
  }

  @Override
  public String run(World world, CancellationToken token) throws IOException {
    long end = world.millis() + millis;
    boolean interrupted = false;
    while (world.millis() < end && !(heeds == Heeds.TOKEN && token.isCancelled())) {
      try {
        long left = Duration.ofMillis(end - world.millis()).toNanos();
        world.clock.sleep(left, heeds == Heeds.TOKEN ? token : CancellationToken.none());
      } catch (InterruptedException e) {
        if (heeds == Heeds.INTERRUPT) {
          throw new InterruptedIOException("stopped");
        }
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return then.run(world, token);
  }

  /** A future that has been cancelled takes no result any more. */
  @Override
  public CompletableFuture<String> begin(World world, CancellationToken token) {
    var future = new CompletableFuture<String>();
    Runnable goOn =
        () -> {
          if (!future.isDone()) {
            CompletableFuture<String> rest = then.begin(world, token);
            future.whenComplete((result, error) -> rest.cancel(true));
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
    var timer = world.clock.schedule(Duration.ofMillis(millis), goOn);
    var registration =
        heeds == Heeds.TOKEN ? token.onCancel(goOn) : CancellationToken.none().onCancel(goOn);
    future.whenComplete(
        (result, error) -> {
          timer.close();
          registration.close();
        });
    return future;
  }
}
