package dev.llmretry.benchmarks;

import dev.llmretry.benchmarks.peers.FailsafeChat;
import dev.llmretry.benchmarks.peers.GuavaRetryingChat;
import dev.llmretry.benchmarks.peers.JcabiChat;
import dev.llmretry.benchmarks.peers.MicronautChat;
import dev.llmretry.benchmarks.peers.Resilience4jChat;
import dev.llmretry.benchmarks.peers.SmallRyeChat;
import dev.llmretry.benchmarks.peers.SpringChat;
import dev.llmretry.benchmarks.peers.SpringTemplateChat;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Upstream;
import java.time.Duration;

/**
 * What is measured. JMH's parameter {@code client} takes the names; those with the same beginning
 * promise the same.
 */
public enum Client implements Contender {
  DIRECT("direct call"),
  HAND_WRITTEN("hand-written loop"),
  GENERATED("generated wrapper"),
  GENERATED_SHARED("generated wrapper, shared upstream"),
  GENERATED_AWAKE("generated wrapper, upstream awake"),
  GENERATED_LISTENER("generated wrapper, listener"),
  GENERATED_CHECK("generated wrapper, check"),
  GENERATED_ROUTES("generated wrapper, two routes"),
  RETRY_CALL("Retry.call"),
  FAILSAFE("Failsafe"),
  RESILIENCE4J("Resilience4j"),
  SPRING_TEMPLATE("Spring RetryTemplate"),
  SPRING("Spring @Retryable, proxy"),
  SMALLRYE("SmallRye Fault Tolerance"),
  MICRONAUT("Micronaut @Retryable"),
  GUAVA_RETRYING("guava-retrying"),
  JCABI("jcabi-aspects @RetryOnFailure"),

  PLAIN("plain class"),
  WOVEN("woven class"),
  WOVEN_TOKEN("woven class, token"),
  WOVEN_DEADLINE("woven class, deadline"),

  TOKEN_HAND_WRITTEN("hand-written loop, token"),
  TOKEN_GENERATED("generated wrapper, token"),
  TOKEN_GENERATED_NONE("generated wrapper, token none()"),

  DEADLINE_HAND_WRITTEN("hand-written loop, deadline"),
  DEADLINE_GENERATED("generated wrapper, deadline");

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("chat").maxRetries(3).baseDelay(Duration.ZERO).build();

  private final String text;

  Client(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  /** Where nothing fails, a woven class is compared with what it was before. */
  @Override
  public Client baseline(Scenario scenario) {
    return switch (this) {
      case PLAIN, WOVEN, WOVEN_TOKEN, WOVEN_DEADLINE ->
          scenario == Scenario.SUCCESS ? PLAIN : HAND_WRITTEN;
      case TOKEN_HAND_WRITTEN, TOKEN_GENERATED, TOKEN_GENERATED_NONE -> TOKEN_HAND_WRITTEN;
      case DEADLINE_HAND_WRITTEN, DEADLINE_GENERATED -> DEADLINE_HAND_WRITTEN;
      default -> HAND_WRITTEN;
    };
  }

  @Override
  public Client direct() {
    return DIRECT;
  }

  ChatClient around(Delegate delegate) {
    return switch (this) {
      case DIRECT -> delegate;
      case HAND_WRITTEN -> new HandWrittenChat(delegate);
      case GENERATED -> new RetryingChatClient(delegate);
      case GENERATED_SHARED -> new RetryingChatClient(delegate, sharing());
      case GENERATED_AWAKE -> new RetryingChatClient(delegate, AwakeUpstream.newRuntime());
      case GENERATED_LISTENER -> withListener(delegate);
      case GENERATED_CHECK -> new RetryingCheckedChatClient(delegate)::complete;
      case GENERATED_ROUTES -> routed(delegate);
      case RETRY_CALL -> prompt -> Retry.call(POLICY, null, attempt -> delegate.complete(prompt));
      case FAILSAFE -> new FailsafeChat(delegate);
      case RESILIENCE4J -> new Resilience4jChat(delegate);
      case SPRING_TEMPLATE -> new SpringTemplateChat(delegate);
      case SPRING -> SpringChat.proxied(delegate);
      case SMALLRYE -> new SmallRyeChat(delegate);
      case MICRONAUT -> MicronautChat.intercepted(delegate);
      case GUAVA_RETRYING -> new GuavaRetryingChat(delegate);
      case JCABI -> new JcabiChat(delegate);
      case PLAIN -> new PlainChat(delegate)::complete;
      case WOVEN -> new AnnotatedChat(delegate)::complete;
      case WOVEN_TOKEN -> with(newToken(), new AnnotatedChat(delegate)::complete);
      case WOVEN_DEADLINE -> new AnnotatedChat(delegate)::completeInTime;
      case TOKEN_HAND_WRITTEN -> with(newToken(), new HandWrittenCancellableChat(delegate));
      case TOKEN_GENERATED -> with(newToken(), new RetryingCancellableChatClient(delegate));
      case TOKEN_GENERATED_NONE ->
          with(CancellationToken.none(), new RetryingCancellableChatClient(delegate));
      case DEADLINE_HAND_WRITTEN -> new HandWrittenPunctualChat(delegate);
      case DEADLINE_GENERATED -> new RetryingPunctualChatClient(delegate)::complete;
    };
  }

  private static ChatClient routed(Delegate delegate) {
    Route<RoutedChatClient> other = Route.of("other", delegate::complete);
    return RetryingRoutedChatClient.routed(
            RetryRuntime.standard(), Route.of("first", delegate), other)
        ::complete;
  }

  private static RetryRuntime sharing() {
    return RetryRuntime.builder().upstream(Upstream.of("shared")).build();
  }

  private static ChatClient withListener(Delegate delegate) {
    RetryRuntime runtime = RetryRuntime.builder().listener(new RetryListener() {}).build();
    return new RetryingChatClient(delegate, runtime);
  }

  private static CancellationToken newToken() {
    return new CancellationSource().token();
  }

  private static ChatClient with(CancellationToken token, CancellableChatClient client) {
    return prompt -> client.complete(prompt, token);
  }
}
