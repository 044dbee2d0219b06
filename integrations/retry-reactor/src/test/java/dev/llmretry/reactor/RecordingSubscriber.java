package dev.llmretry.reactor;

import java.util.List;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Records elements, the name of an error, and completion. */
final class RecordingSubscriber extends BaseSubscriber<String> {

  private final List<String> signals;
  private final long requested;

  /**
   * Creates a subscriber.
   *
   * @param signals receives what is signalled
   * @param requested how many elements it requests at first, or 0
   */
  RecordingSubscriber(List<String> signals, long requested) {
    this.signals = signals;
    this.requested = requested;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    if (requested > 0) {
      request(requested);
    }
  }

  @Override
  protected void hookOnNext(String element) {
    signals.add(element);
  }

  @Override
  protected void hookOnError(Throwable error) {
    signals.add(error.getClass().getSimpleName());
  }

  @Override
  protected void hookOnComplete() {
    signals.add("complete");
  }
}
