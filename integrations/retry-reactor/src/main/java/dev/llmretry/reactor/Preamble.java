package dev.llmretry.reactor;

import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** What of one attempt precedes its content, held back until there is some. */
final class Preamble<T> {

  private final RetryPolicy policy;
  private final List<T> held = new ArrayList<>();
  private boolean over;

  Preamble(RetryPolicy policy) {
    this.policy = policy;
  }

  /** Holds back the first of these elements, until one of content, or the end, has come. */
  Flux<T> of(Flux<T> elements) {
    return elements
        .handle(this::sift)
        .switchOnFirst((first, rest) -> first.isOnError() ? rest : rest.startWith(held));
  }

  /** For an element that is not passed on, another is asked for. */
  private void sift(T element, SynchronousSink<T> content) {
    if (!over && policy.isPreamble(element)) {
      held.add(element);
    } else {
      over = true;
      content.next(element);
    }
  }
}
