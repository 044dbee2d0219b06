package dev.llmretry.examples.client;

import java.util.Objects;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of an answer as the HTTP client delivers them, and hands on the chunks in them.
 * Blocks no thread; a line is asked for only if a chunk is.
 */
final class ChunkSubscriber implements Subscriber<String> {

  private final Subscriber<? super ChatChunk> chunks;
  private final Function<Throwable, Exception> translation;
  private final AtomicBoolean introduced = new AtomicBoolean();
  private @Nullable Subscription lines;
  private boolean over;

  /**
   * Makes one.
   *
   * @param translation from what the HTTP client fails with to what {@code chunks} is told
   */
  ChunkSubscriber(
      Subscriber<? super ChatChunk> chunks, Function<Throwable, Exception> translation) {
    this.chunks = chunks;
    this.translation = translation;
  }

  /** Tells a subscriber of an error, and of nothing else. */
  static void fail(Subscriber<?> subscriber, Exception error) {
    subscriber.onSubscribe(new NoSubscription());
    subscriber.onError(error);
  }

  /** Takes the failure of an exchange; does nothing if its answer has begun. */
  void failedToBegin(Exception error) {
    if (introduced.compareAndSet(false, true)) {
      fail(chunks, error);
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (introduced.compareAndSet(false, true)) {
      lines = subscription;
      chunks.onSubscribe(subscription);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(String line) {
    if (over) {
      return;
    }
    Subscription source = Objects.requireNonNull(lines, "no line comes before the subscription");
    String data = ServerSentEvents.data(line);
    if (data == null) {
      source.request(1);
    } else if (ServerSentEvents.isEnd(data)) {
      over = true;
      source.cancel();
      chunks.onComplete();
    } else {
      try {
        chunks.onNext(OpenAiJson.chatChunk(data));
      } catch (ProviderException e) {
        over = true;
        source.cancel();
        chunks.onError(e);
      }
    }
  }

  @Override
  public void onError(Throwable error) {
    end(translation.apply(error));
  }

  @Override
  public void onComplete() {
    end(ServerSentEvents.cutOff());
  }

  private void end(Exception error) {
    if (!over) {
      over = true;
      chunks.onError(error);
    }
  }

  /** Of a publisher that has nothing. */
  private record NoSubscription() implements Subscription {

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {}
  }
}
