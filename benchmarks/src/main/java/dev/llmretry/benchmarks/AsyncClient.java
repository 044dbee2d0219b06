package dev.llmretry.benchmarks;

import dev.llmretry.benchmarks.peers.FailsafeAsyncChat;
import dev.llmretry.benchmarks.peers.MicronautAsyncChat;
import dev.llmretry.benchmarks.peers.Resilience4jAsyncChat;
import dev.llmretry.benchmarks.peers.SmallRyeAsyncChat;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;

/**
 * What is measured of calls that return futures. JMH's parameter {@code client} takes the names.
 */
public enum AsyncClient implements Contender {
  DIRECT("direct call"),
  HAND_WRITTEN("hand-written chain"),
  TOKEN_HAND_WRITTEN("hand-written chain, token"),
  GENERATED("generated wrapper"),
  TOKEN_GENERATED("generated wrapper, token"),
  TOKEN_GENERATED_NONE("generated wrapper, token none()"),
  HEDGED_GENERATED("generated wrapper, hedged"),
  FAILSAFE("Failsafe"),
  RESILIENCE4J("Resilience4j"),
  SMALLRYE("SmallRye Fault Tolerance"),
  MICRONAUT("Micronaut @Retryable");

  private final String text;

  AsyncClient(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public AsyncClient baseline(Scenario scenario) {
    return switch (this) {
      case TOKEN_HAND_WRITTEN, TOKEN_GENERATED, TOKEN_GENERATED_NONE -> TOKEN_HAND_WRITTEN;
      default -> HAND_WRITTEN;
    };
  }

  @Override
  public AsyncClient direct() {
    return DIRECT;
  }

  AsyncChatClient around(AsyncDelegate delegate) {
    return switch (this) {
      case DIRECT -> delegate;
      case HAND_WRITTEN -> new HandWrittenAsyncChat(delegate);
      case GENERATED -> new RetryingAsyncChatClient(delegate);
      case TOKEN_HAND_WRITTEN ->
          with(new CancellationSource().token(), new HandWrittenCancellableAsyncChat(delegate));
      case TOKEN_GENERATED ->
          with(new CancellationSource().token(), new RetryingCancellableAsyncChatClient(delegate));
      case TOKEN_GENERATED_NONE ->
          with(CancellationToken.none(), new RetryingCancellableAsyncChatClient(delegate));
      case HEDGED_GENERATED -> new RetryingHedgedAsyncChatClient(delegate);
      case FAILSAFE -> new FailsafeAsyncChat(delegate);
      case RESILIENCE4J -> new Resilience4jAsyncChat(delegate);
      case SMALLRYE -> new SmallRyeAsyncChat(delegate);
      case MICRONAUT -> MicronautAsyncChat.intercepted(delegate);
    };
  }

  private static AsyncChatClient with(CancellationToken token, CancellableAsyncChatClient client) {
    return prompt -> client.complete(prompt, token);
  }
}
