package dev.llmretry.examples.client;

import static dev.llmretry.examples.client.Background.errorOf;
import static dev.llmretry.examples.provider.Replies.silence;
import static dev.llmretry.examples.provider.Replies.stall;
import static dev.llmretry.examples.provider.Replies.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.examples.provider.Reply;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that come later. The threads of these tests never wait inside a call. */
@Timeout(60)
class RetryingAsyncTest {

  private static final ChatRequest HELLO = ChatRequest.of("gpt-test", Message.user("hello"));
  private static final CancellationToken NONE = CancellationToken.none();

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final WatchedClock clock = new WatchedClock();
  private final OpenAiClient openAi =
      new OpenAiClient(
          provider.baseUrl(), "sk-test", Duration.ofSeconds(50), new Capabilities(false, true));
  private final LlmClient client =
      new RetryingLlmClient(openAi, RetryRuntime.builder().clock(clock).build());

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private void script(Reply... replies) {
    provider.script(List.of(replies));
  }

  @Test
  void retriesWithoutBlockingTheCaller() throws Exception {
    script(unavailable(), unavailable());

    CompletableFuture<ChatResponse> answer = client.completeAsync(HELLO, NONE);
    clock.passOnceScheduled(Duration.ofMillis(100));
    clock.awaitScheduled(Duration.ofMillis(200));

    assertThat(answer).isNotDone();
    clock.advance(Duration.ofMillis(200));
    assertThat(answer.get().message().content()).isEqualTo("You said: hello");
    assertThat(provider.requests()).isEqualTo(3);
    clock.awaitNothingScheduled();
  }

  @Test
  void cancellingTheFutureEndsTheWait() throws Exception {
    script(unavailable());
    CompletableFuture<ChatResponse> answer = client.completeAsync(HELLO, NONE);
    clock.awaitScheduled(Duration.ofMillis(100));

    assertThat(answer.cancel(true)).isTrue();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(answer::join);
    clock.awaitNothingScheduled();
    clock.advance(Duration.ofHours(1));
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void cancellingTheFutureEndsTheAttemptInFlight() throws Exception {
    script(silence());
    CompletableFuture<ChatResponse> answer = client.completeAsync(HELLO, NONE);
    provider.awaitRequest();

    answer.cancel(true);

    provider.awaitEnd();
    clock.awaitNothingScheduled();
  }

  @Test
  void cancellingTheTokenEndsTheAttemptInFlight() throws Exception {
    script(stall());
    CancellationSource caller = new CancellationSource();
    CompletableFuture<ChatResponse> answer = client.completeAsync(HELLO, caller.token());
    provider.awaitRequest();

    caller.cancel();

    assertThat(errorOf(answer)).isInstanceOf(CancelledException.class);
    provider.awaitEnd();
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void anAttemptThatStallsIsAbortedAndRetried() throws Exception {
    script(stall());
    CompletableFuture<ChatResponse> answer = client.completeAsync(HELLO, NONE);
    provider.awaitRequest();

    clock.passOnceScheduled(Duration.ofSeconds(20));
    provider.awaitEnd();
    clock.passOnceScheduled(Duration.ofMillis(100));

    assertThat(answer.get().message().content()).isEqualTo("You said: hello");
    assertThat(provider.requests()).isEqualTo(2);
  }

  @Test
  void withoutRetriesCancellationReachesTheExchangeToo() throws Exception {
    script(silence(), silence());
    CancellationSource caller = new CancellationSource();
    CompletableFuture<ChatResponse> first = openAi.completeAsync(HELLO, caller.token());
    CompletableFuture<ChatResponse> second = openAi.completeAsync(HELLO, NONE);
    provider.awaitRequest();
    provider.awaitRequest();

    caller.cancel();
    second.cancel(true);

    assertThat(errorOf(first)).isInstanceOf(CancelledException.class);
    provider.awaitEnd();
    provider.awaitEnd();
  }

  @Test
  void whatIsUnsupportedFailsTheFuture() throws Exception {
    ChatRequest withTool =
        new ChatRequest("gpt-test", List.of(), List.of(new Tool("weather", "tells it", "{}")));

    assertThat(errorOf(client.completeAsync(withTool, NONE)))
        .isInstanceOf(UnsupportedException.class);
    assertThat(provider.requests()).isZero();
  }
}
