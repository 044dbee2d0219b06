package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.AsyncChatClient;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** As {@link SmallRyeChat}, without blocking; it takes a {@code CompletableFuture} for a value. */
public record SmallRyeAsyncChat(AsyncChatClient delegate, TypedGuard<CompletionStage<String>> guard)
    implements AsyncChatClient {

  public SmallRyeAsyncChat(AsyncChatClient delegate) {
    this(delegate, SmallRyeChat.guard(TypedGuard.create(new StageOfString())));
  }

  @Override
  public CompletableFuture<String> complete(String prompt) {
    return guard.get(() -> delegate.complete(prompt)).toCompletableFuture();
  }

  private static final class StageOfString extends TypeLiteral<CompletionStage<String>> {

    private static final long serialVersionUID = 1;
  }
}
