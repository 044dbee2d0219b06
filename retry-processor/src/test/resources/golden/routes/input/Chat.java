package acme.routes;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import dev.llmretry.Routed;
import dev.llmretry.StreamCallback;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All kinds of methods, with several delegates. */
@SuppressWarnings({"all", "LR057"})
@Routed(fallbackOnKinds = {FailureKind.CONTEXT_LENGTH, FailureKind.CONTENT_FILTERED})
@LlmRetry(attemptTimeoutMs = 2000)
public interface Chat<K> extends AutoCloseable {

  @LlmRetry(attemptTimeoutMs = 1000)
  String timed(K request, CancellationToken cancel) throws IOException;

  @LlmRetry
  String untimed(K request);

  String attempt(Attempt attempt, K routes);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, attemptTimeoutMs = 1000)
  Stream<String> stream(K request);

  void consumer(K request, @StreamCallback Consumer<String> tokens);

  <T> CompletableFuture<T> future(Class<T> type);

  CompletableFuture<String> withToken(K request, CancellationToken cancel);

  Flow.Publisher<String> publisher(K request);

  @NoRetry
  String once();

  @Override
  void close() throws IOException;
}
