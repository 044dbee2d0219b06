package dev.llmretry.examples;

import dev.llmretry.examples.client.ChatChunk;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that takes one piece of an answer at a time. */
final class ChunkSink implements Subscriber<ChatChunk> {

  private final Consumer<ChatChunk> taker;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Subscription subscription;

  ChunkSink(Consumer<ChatChunk> taker) {
    this.taker = taker;
  }

  /** Returns what completes with the whole text. */
  CompletableFuture<String> text() {
    return end;
  }

  @Override
  public void onSubscribe(Subscription source) {
    subscription = source;
    source.request(1);
  }

  @Override
  public void onNext(ChatChunk chunk) {
    taker.accept(chunk);
    text.append(chunk.content());
    if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    end.complete(text.toString());
  }
}
