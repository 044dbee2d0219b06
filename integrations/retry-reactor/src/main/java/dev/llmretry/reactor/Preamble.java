package dev.llmretry.reactor;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.stream.PreambleBuffer;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** The preamble of one attempt, held back until there is content. */
final class Preamble<T> {

  private final RetryPolicy policy;
  private final BooleanSupplier isOver;
  private final PreambleBuffer<T> buffer = new PreambleBuffer<>();

  /**
   * Creates the preamble of an attempt.
   *
   * @param isOver whether elements count as content whatever they are
   */
  Preamble(RetryPolicy policy, BooleanSupplier isOver) {
    this.policy = policy;
    this.isOver = isOver;
  }

  /** Holds back the first elements until the first of content, or until completion. */
  Flux<T> holdBackFrom(Flux<T> upstream) {
    return upstream
        .handle(this::emitContent)
        .switchOnFirst(
            (first, rest) ->
                first.isOnError() || buffer.isEmpty() ? rest : Flux.concat(heldBack(), rest));
  }

  /** Reactor requests another element for each that is not emitted. */
  private void emitContent(T element, SynchronousSink<T> content) {
    boolean preamble = !buffer.isReleased() && !isOver.getAsBoolean() && policy.isPreamble(element);
    if (!buffer.holdBack(element, preamble)) {
      content.next(element);
    }
  }

  /** Completes together with the last element, without waiting for further demand. */
  private Flux<T> heldBack() {
    return Flux.generate(
        sink -> {
          sink.next(requireNonNull(buffer.poll()));
          if (buffer.isEmpty()) {
            sink.complete();
          }
        });
  }
}
