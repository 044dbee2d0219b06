package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.Reply;
import dev.llmretry.providertests.comparison.Result.End;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one call to a provider that fails each time in the same way. */
final class Trial {

  private static final String QUESTION = "What now?";

  /** More than any SDK makes of its own accord. */
  private static final int REQUESTS = 50;

  private Trial() {}

  /** Has the SDK make a proper call of both kinds, so that no class is loaded while we measure. */
  static void warmUp(Sdk sdk) {
    Dialect dialect = sdk.dialect();
    try (LoopbackProvider provider = provider(dialect.answer())) {
      sdk.connect(provider.url(), true).ask(QUESTION);
    }
    try (LoopbackProvider provider = provider(dialect.streamedAnswer())) {
      sdk.connect(provider.url(), true).stream(QUESTION, piece -> {});
    }
  }

  /**
   * Tries the SDK as it is, in real time.
   *
   * @param patience after which the call is stopped
   */
  static Result alone(Sdk sdk, Situation situation, Duration patience) throws InterruptedException {
    try (LoopbackProvider provider = provider(situation.reply(sdk.dialect()))) {
      Chat chat = sdk.connect(provider.url(), true);
      long begun = System.nanoTime();
      FutureTask<End> call = new FutureTask<>(() -> call(chat, situation));
      Thread thread = new Thread(call, sdk.name());
      thread.setDaemon(true);
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
  static Result wrapped(Sdk sdk, Situation situation) {
    VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).build();
    try (LoopbackProvider provider = provider(situation.reply(sdk.dialect()))) {
      End end = call(new RetryingChat(sdk.connect(provider.url(), false), runtime), situation);
      Duration waited = clock.waits().stream().reduce(Duration.ZERO, Duration::plus);
      return new Result(provider.requests().size(), waited, end);
    }
  }

  private static LoopbackProvider provider(Reply reply) {
    return new LoopbackProvider(Collections.nCopies(REQUESTS, reply));
  }

  private static End call(Chat chat, Situation situation) {
    try {
      if (situation.streaming()) {
        chat.stream(QUESTION, piece -> {});
      } else {
        chat.ask(QUESTION);
      }
      return End.RETURNED;
    } catch (RuntimeException e) {
      return End.FAILED;
    }
  }
}
