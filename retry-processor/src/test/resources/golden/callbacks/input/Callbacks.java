package acme.callbacks;

import dev.llmretry.LlmRetry;
import dev.llmretry.Replayable;
import dev.llmretry.StreamCallback;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.reactivestreams.Subscriber;

public interface Callbacks<K> {
  @LlmRetry(preamble = Ping.class)
  void consumer(String request, @StreamCallback Consumer<? super String> tokens)
      throws IOException;

  @LlmRetry(attemptTimeoutMs = 5_000)
  int counted(@StreamCallback IntConsumer element, CancellationToken cancel)
      throws InterruptedException;

  @LlmRetry
  void pairs(@StreamCallback BiConsumer<K, String> gate, @Replayable Consumer<String> log);

  @LlmRetry
  CompletableFuture<Integer> future(@StreamCallback Consumer<String> tokens, String request);

  @LlmRetry
  CompletionStage<Void> stage(@StreamCallback Listener<K> each, CancellationToken cancel);

  @LlmRetry
  void listener(@StreamCallback Listener<? super K> listener);

  @LlmRetry(preamble = Ping.class)
  void observer(@StreamCallback Observer<String> observer, CancellationToken cancel)
      throws IOException;

  @LlmRetry
  <T> void named(@StreamCallback(completion = "finished") Handler<T> handler, T attempt);

  @LlmRetry
  @SuppressWarnings({"all", "overloads"})
  void overloaded(@StreamCallback Consumer<String> consumer);

  @LlmRetry
  @SuppressWarnings({"all", "overloads"})
  void overloaded(@StreamCallback IntConsumer consumer);

  @LlmRetry
  <T> void anything(@StreamCallback Consumer<T> consumer, Class<T> type);

  @LlmRetry
  void subscriber(String request, @StreamCallback Flow.Subscriber<? super String> subscriber);

  @LlmRetry(deadlineMs = 30_000)
  void reactive(@StreamCallback Subscriber<K> each, CancellationToken cancel);

  interface Listener<T> {
    void onOpen();

    void onEvent(T event, String name);

    default void onComment(String comment) {}

    default boolean stopped() {
      return false;
    }
  }

  interface Observer<T> {
    void onNext(T next);

    void onError(Throwable error);

    void onCompleted();
  }

  interface Handler<T> {
    void partial(T part);

    default void thinking(String thought) {}

    void finished(T whole);

    void failed(Throwable handler);
  }

  final class Ping implements Predicate<String> {
    @Override
    public boolean test(String text) {
      return text.isEmpty();
    }
  }
}
