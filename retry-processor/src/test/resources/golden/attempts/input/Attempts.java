package acme.attempts;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamCallback;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

public interface Attempts {
  @LlmRetry
  String blocking(String request, Attempt attempt) throws IOException;

  @LlmRetry(attemptTimeoutMs = 2_000)
  String timed(Attempt each, String request) throws InterruptedException;

  @LlmRetry
  String both(String request, CancellationToken cancel, Attempt attempt);

  @LlmRetry(deadlineMs = 30_000)
  String bothTimed(String request, CancellationToken cancel, Attempt attempt);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Stream<String> stream(String request, Attempt attempt);

  @LlmRetry
  void consumer(Attempt attempt, @StreamCallback Consumer<String> tokens);

  @LlmRetry
  CompletableFuture<String> future(String request, Attempt attempt);

  @LlmRetry
  CompletableFuture<Void> futureBoth(
      Attempt attempt, CancellationToken cancel, @StreamCallback Consumer<String> tokens);

  @LlmRetry
  Flow.Publisher<String> publisher(Attempt attempt);

  @LlmRetry
  void observer(@StreamCallback Observer observer, Attempt attempt);

  @LlmRetry
  void subscriber(@StreamCallback Flow.Subscriber<String> subscriber, Attempt attempt);

  String once(Attempt attempt);

  interface Observer {
    void onNext(String next);

    void onError(Throwable error);

    void onComplete();
  }
}
