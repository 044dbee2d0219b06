package dev.llmretry.examples.client;

import static dev.llmretry.examples.client.Background.errorOf;
import static dev.llmretry.examples.provider.Replies.failureAfter;
import static dev.llmretry.examples.provider.Replies.overloadedInStream;
import static dev.llmretry.examples.provider.Replies.silence;
import static dev.llmretry.examples.provider.Replies.stall;
import static dev.llmretry.examples.provider.Replies.unauthorized;
import static dev.llmretry.examples.provider.Replies.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.examples.provider.Reply;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are published piece by piece. */
@Timeout(60)
class RetryingPublisherTest {

  private static final ChatRequest COUNT =
      ChatRequest.of("gpt-test", Message.user("1 2 3 4 5 6 7 8 9 10"));
  private static final CancellationToken NONE = CancellationToken.none();

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final WatchedClock clock = new WatchedClock();
  private final OpenAiClient openAi =
      new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(50));
  private final LlmClient client =
      new RetryingLlmClient(openAi, RetryRuntime.builder().clock(clock).build());
  private final Probe probe = new Probe();

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private void script(Reply... replies) {
    provider.script(List.of(replies));
  }

  @Test
  void isRetriedUntilTheFirstToken() throws Exception {
    script(overloadedInStream(), unavailable());

    client.publish(COUNT, NONE).subscribe(probe.asking(Long.MAX_VALUE));
    clock.passOnceScheduled(Duration.ofMillis(100));
    clock.passOnceScheduled(Duration.ofMillis(200));

    probe.end.get();
    assertThat(String.join("", probe.texts)).isEqualTo("You said: 1 2 3 4 5 6 7 8 9 10");
    assertThat(probe.texts).hasSize(14);
    assertThat(probe.roles).isEqualTo(1);
    assertThat(provider.requests()).isEqualTo(3);
    clock.awaitNothingScheduled();
  }

  @Test
  void whatFailsAfterTenTokensIsNotRetried() throws Exception {
    script(failureAfter(10));

    client.publish(COUNT, NONE).subscribe(probe.asking(Long.MAX_VALUE));

    assertThat(errorOf(probe.end)).isInstanceOf(ServerException.class);
    assertThat(probe.texts).hasSize(11);
    assertThat(provider.requests()).isEqualTo(1);
    provider.awaitEnd();
  }

  @Test
  void noMoreComesThanIsAskedFor() throws Exception {
    openAi.publish(COUNT, NONE).subscribe(probe.asking(2));

    assertThat(probe.texts.take()).isEmpty();
    assertThat(probe.texts.take()).isEqualTo("You ");
    probe.subscription().request(1);
    assertThat(probe.texts.take()).isEqualTo("said: ");
    probe.subscription().request(Long.MAX_VALUE);

    probe.end.get();
    assertThat(probe.texts).hasSize(11);
  }

  @Test
  void cancellingTheSubscriptionEndsTheConnection() throws Exception {
    script(stall());
    client.publish(COUNT, NONE).subscribe(probe.asking(Long.MAX_VALUE));
    assertThat(probe.texts.take()).isEmpty();

    probe.subscription().cancel();

    provider.awaitEnd();
    clock.awaitNothingScheduled();
  }

  @Test
  void cancellingTheTokenEndsTheAnswer() throws Exception {
    script(stall());
    CancellationSource caller = new CancellationSource();
    client.publish(COUNT, caller.token()).subscribe(probe.asking(Long.MAX_VALUE));
    assertThat(probe.texts.take()).isEmpty();

    caller.cancel();

    assertThat(errorOf(probe.end)).isInstanceOf(CancelledException.class);
    provider.awaitEnd();
  }

  @Test
  void cancellingTheTokenEndsTheWait() throws Exception {
    script(unavailable());
    CancellationSource caller = new CancellationSource();
    client.publish(COUNT, caller.token()).subscribe(probe.asking(1));
    clock.awaitScheduled(Duration.ofMillis(100));

    caller.cancel();

    assertThat(errorOf(probe.end)).isInstanceOf(CancelledException.class);
    clock.awaitNothingScheduled();
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void anAnswerThatDoesNotBeginInTimeIsRetried() throws Exception {
    script(silence());
    client.publish(COUNT, NONE).subscribe(probe.asking(Long.MAX_VALUE));
    provider.awaitRequest();

    clock.passOnceScheduled(Duration.ofSeconds(20));
    provider.awaitEnd();
    clock.passOnceScheduled(Duration.ofMillis(100));

    probe.end.get();
    assertThat(probe.texts).hasSize(14);
  }

  @Test
  void withoutRetriesTheTokenEndsTheAnswerToo() throws Exception {
    script(stall(), silence());
    CancellationSource caller = new CancellationSource();
    Probe second = new Probe();
    openAi.publish(COUNT, caller.token()).subscribe(probe.asking(Long.MAX_VALUE));
    assertThat(probe.texts.take()).isEmpty();
    openAi.publish(COUNT, caller.token()).subscribe(second.asking(1));
    provider.awaitRequest();
    provider.awaitRequest();

    caller.cancel();

    assertThat(errorOf(probe.end)).isInstanceOf(CancelledException.class);
    assertThat(errorOf(second.end)).isInstanceOf(CancelledException.class);
    provider.awaitEnd();
    provider.awaitEnd();
  }

  @Test
  void anErrorInsteadOfAnAnswerIsTold() throws Exception {
    script(unauthorized());
    client.publish(COUNT, NONE).subscribe(probe.asking(1));
    assertThat(errorOf(probe.end)).isInstanceOf(UnauthorizedException.class);

    provider.close();
    Probe second = new Probe();
    openAi.publish(COUNT, NONE).subscribe(second.asking(1));
    assertThat(errorOf(second.end)).isInstanceOf(NetworkException.class);
  }

  @Test
  void toolsAreNotStreamed() throws Exception {
    ChatRequest withTool =
        new ChatRequest("gpt-test", List.of(), List.of(new Tool("weather", "tells it", "{}")));

    client.publish(withTool, NONE).subscribe(probe.asking(1));

    assertThat(errorOf(probe.end)).isInstanceOf(UnsupportedException.class);
    assertThat(provider.requests()).isZero();
  }

  private static final class Probe implements Subscriber<ChatChunk> {

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private volatile int roles;
    private long first;

    Probe asking(long elements) {
      first = elements;
      return this;
    }

    Subscription subscription() {
      return subscription.join();
    }

    @Override
    public void onSubscribe(Subscription source) {
      assertThat(subscription.complete(source)).isTrue();
      source.request(first);
    }

    @Override
    public void onNext(ChatChunk chunk) {
      roles += chunk.role() == null ? 0 : 1;
      texts.add(chunk.content());
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
