package dev.llmretry.reactor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What attempts return, one after another; the last is for all further ones. Counts them. */
final class Script<P extends Publisher<String>> implements Supplier<P> {

  private final Queue<P> attempts = new ArrayDeque<>();
  private final AtomicInteger calls = new AtomicInteger();

  @SafeVarargs
  Script(P... attempts) {
    for (P attempt : attempts) {
      this.attempts.add(attempt);
    }
  }

  int calls() {
    return calls.get();
  }

  @Override
  public P get() {
    calls.incrementAndGet();
    return attempts.size() > 1 ? attempts.remove() : attempts.element();
  }

  /** Returns elements that end with {@code error}. */
  static Flux<String> failing(Throwable error, String... elements) {
    return Flux.just(elements).concatWith(Flux.error(error));
  }
}
