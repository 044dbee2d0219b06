package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;

/**
 * What is measured of calls that return futures. JMH's parameter {@code client} takes the names.
 */
public enum AsyncClient implements Contender {
  DIRECT("direct call"),
  GENERATED("generated wrapper"),
  TOKEN_GENERATED("generated wrapper, token"),
  TOKEN_GENERATED_NONE("generated wrapper, token none()");

  private final String text;

  AsyncClient(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public AsyncClient baseline() {
    return DIRECT;
  }

  AsyncChatClient around(AsyncDelegate delegate) {
    return switch (this) {
      case DIRECT -> delegate;
      case GENERATED -> new RetryingAsyncChatClient(delegate);
      case TOKEN_GENERATED -> with(new CancellationSource().token(), delegate);
      case TOKEN_GENERATED_NONE -> with(CancellationToken.none(), delegate);
    };
  }

  private static AsyncChatClient with(CancellationToken token, AsyncDelegate delegate) {
    CancellableAsyncChatClient client = new RetryingCancellableAsyncChatClient(delegate);
    return prompt -> client.complete(prompt, token);
  }
}
