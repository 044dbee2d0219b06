package acme.woven;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import dev.llmretry.StreamCallback;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

public class ChatClient<T> extends BaseClient<String> {

  private static class Secret {}

  @LlmRetry(max = 3, baseDelayMs = 100)
  public String complete(String prompt, CancellationToken cancel) throws IOException {
    return prompt;
  }

  @LlmRetry(max = 5)
  @Override
  protected String summarise(String text) throws InterruptedException {
    return super.summarise(text);
  }

  @LlmRetry
  private final int count(Secret secret, int[] numbers, List<? extends Number> more) {
    return 0;
  }

  @LlmRetry
  static <R> R parse(Class<R> type, CancellationToken cancel) {
    return null;
  }

  @LlmRetry(attemptTimeoutMs = 500)
  T ask(Secret secret, CancellationToken cancel) {
    return null;
  }

  @LlmRetry(deadlineMs = 5_000)
  long ask() {
    return 0;
  }

  @LlmRetry
  <R extends Comparable<R>> CompletableFuture<R> askLater(Class<R> type, CancellationToken call) {
    return null;
  }

  @LlmRetry
  Flow.Publisher<T> publish(String prompt) {
    return null;
  }

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Stream<T> stream(String prompt) {
    return null;
  }

  @LlmRetry
  void tell(String prompt, @StreamCallback Consumer<T> each) {}

  @LlmRetry
  void tell(@StreamCallback Flow.Subscriber<T> subscriber, CancellationToken cancel) {}

  @LlmRetry
  CompletableFuture<Void> hear(@StreamCallback Consumer<String> each) {
    return null;
  }

  @NoRetry
  public void once() {}
}
