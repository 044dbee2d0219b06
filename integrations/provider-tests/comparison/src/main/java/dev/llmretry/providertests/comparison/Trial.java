package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.comparison.Result.End;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call to a provider that fails each time in the same way.
 *
 * @param sdk who calls
 * @param situation how it fails
 */
record Trial(Sdk sdk, Situation situation) {

  private static final String QUESTION = "What now?";

  /** More than any SDK makes of its own accord. */
  private static final int REQUESTS = 50;

  /**
   * Tries the SDK as it is, in real time.
   *
   * @param patience after which the call is stopped
   */
  Result alone(Duration patience) throws InterruptedException {
    try (LoopbackProvider provider = provider()) {
      Chat chat = sdk.connect(provider.url(), true);
      FutureTask<End> call = new FutureTask<>(() -> call(chat));
      Thread thread = new Thread(call, sdk.name());
      thread.setDaemon(true);
      long begun = System.nanoTime();
      thread.start();
      try {
        End end = call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        return new Result(provider.requests().size(), waited, end);
      } catch (TimeoutException e) {
        call.cancel(true);
        return new Result(provider.requests().size(), patience, End.STOPPED);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Tries it behind a wrapper, with its own retries off, in virtual time. */
  Result wrapped() {
    VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).build();
    try (LoopbackProvider provider = provider()) {
      End end = call(new RetryingChat(sdk.connect(provider.url(), false), runtime));
      Duration waited = clock.waits().stream().reduce(Duration.ZERO, Duration::plus);
      return new Result(provider.requests().size(), waited, end);
    }
  }

  private LoopbackProvider provider() {
    return new LoopbackProvider(Collections.nCopies(REQUESTS, situation.reply(sdk.dialect())));
  }

  private End call(Chat chat) {
    AtomicInteger pieces = new AtomicInteger();
    try {
      if (situation.streaming()) {
        chat.stream(QUESTION, piece -> pieces.incrementAndGet());
      } else {
        chat.ask(QUESTION);
      }
      return End.RETURNED;
    } catch (RuntimeException e) {
      return pieces.get() > 1 ? End.REPEATED : End.FAILED;
    }
  }
}
