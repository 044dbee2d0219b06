package dev.llmretry.providertests.bedrock;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/**
 * Makes a stream of what the SDK hands to a visitor, and throws what its future ends with. The SDK
 * ends an answer that breaks off as if it were complete; the missing last event tells.
 */
final class Pieces {

  private static final Object END = new Object();

  private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private volatile boolean complete;

  Stream<String> of(Function<ConverseStreamResponseHandler, CompletableFuture<Void>> call) {
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onContentBlockDelta(this::add)
                    .onMessageStop(event -> complete = true)
                    .build())
            .build();
    CompletableFuture<Void> done = call.apply(handler);
    done.whenComplete((nothing, error) -> queue.add(error == null ? end() : error));
    return StreamSupport.stream(new Queued(), false).onClose(() -> done.cancel(true));
  }

  private Object end() {
    return complete ? END : new UncheckedIOException(new EOFException());
  }

  private void add(ContentBlockDeltaEvent event) {
    String text = event.delta().text();
    if (!text.isEmpty()) {
      queue.add(text);
    }
  }

  private final class Queued extends AbstractSpliterator<String> {

    Queued() {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    }

    @Override
    public boolean tryAdvance(Consumer<? super String> action) {
      Object next;
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (next instanceof Throwable error) {
        throw error instanceof RuntimeException thrown ? thrown : new CompletionException(error);
      }
      if (next == END) {
        queue.add(END);
        return false;
      }
      action.accept((String) next);
      return true;
    }
  }
}
