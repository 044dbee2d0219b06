package dev.llmretry.reactor;

import dev.llmretry.runtime.RetriedCall;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells a call what happens to it in turn, and nothing more once it is over. Failures, waits and
 * the result come one after another, but the subscriber may cancel at any time, on any thread.
 */
final class CallInTurn {

  private final RetriedCall call;

  /** How many turns have been asked for while one is taken; the last one is never given back. */
  private final AtomicInteger turns = new AtomicInteger();

  CallInTurn(RetriedCall call) {
    this.call = call;
  }

  /**
   * Tells the call of something that it may outlive.
   *
   * @param news tells it, and returns what the call ends with, or null if it goes on
   * @param otherwise what to end with if the call was over before
   * @return what is empty if the call goes on, and fails with what it ends with if it does not
   */
  Mono<Void> tell(Supplier<@Nullable Throwable> news, Throwable otherwise) {
    if (turns.getAndIncrement() > 0) {
      return failing(otherwise);
    }
    Throwable end = news.get();
    if (end == null && turns.decrementAndGet() > 0) {
      end = call.cancelled(); // it was, meanwhile
    }
    return end == null ? Mono.empty() : failing(end);
  }

  /** Where Reactor knows an error before it is signalled, it throws one that it takes for fatal. */
  private static Mono<Void> failing(Throwable error) {
    return Mono.<Void>error(error).hide();
  }

  /** Tells the call of its result. */
  void succeeded() {
    if (turns.getAndIncrement() == 0) {
      call.succeeded();
    }
  }

  /** Tells the call that its subscriber has lost interest. */
  void cancelled() {
    if (turns.getAndIncrement() == 0) {
      call.cancelled();
    }
  }
}
