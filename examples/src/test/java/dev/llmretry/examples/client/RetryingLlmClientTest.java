package dev.llmretry.examples.client;

import static dev.llmretry.examples.client.Background.start;
import static dev.llmretry.examples.provider.Replies.silence;
import static dev.llmretry.examples.provider.Replies.stall;
import static dev.llmretry.examples.provider.Replies.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmretry.FailureKind;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.examples.provider.Request;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The generated wrapper around {@link OpenAiClient}, with an embedded provider behind. */
@Timeout(60)
class RetryingLlmClientTest {

  private static final ChatRequest HELLO = ChatRequest.of("gpt-test", Message.user("hello"));
  private static final CancellationToken NONE = CancellationToken.none();

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final VirtualBackoffClock auto = VirtualBackoffClock.autoAdvancing();
  private final VirtualBackoffClock manual = VirtualBackoffClock.manual();

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private LlmClient client(VirtualBackoffClock clock, Capabilities capabilities) {
    return new RetryingLlmClient(
        new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(50), capabilities),
        RetryRuntime.builder().clock(clock).random(() -> 0).build());
  }

  private LlmClient client(VirtualBackoffClock clock) {
    return client(clock, new Capabilities(true, true));
  }

  private static List<FailureKind> kinds(Throwable error) {
    return failures(error).stream().map(attempt -> attempt.failure().kind()).toList();
  }

  private static List<FailedAttempt> failures(Throwable error) {
    RetryTrace trace = RetryTrace.find(error);
    assertThat(trace).isNotNull();
    return trace.report().failures();
  }

  @Test
  void answers() throws ProviderException {
    ChatResponse response = client(auto).complete(HELLO, NONE);

    assertThat(response.message().content()).isEqualTo("You said: hello");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(client(auto).embed(List.of("a", "b"), Attempt.first())).hasSize(2);
  }

  @Test
  void waitsAsAnnotatedAndThrowsTheLastError() {
    provider.script(List.of(unavailable(), unavailable(), unavailable(), unavailable()));

    ServerException error =
        catchThrowableOfType(ServerException.class, () -> client(auto).complete(HELLO, NONE));

    assertThat(auto.waits())
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    assertThat(provider.requests()).isEqualTo(4);
    assertThat(failures(error).get(3).error()).isSameAs(error);
    assertThat(auto.scheduledCount()).isZero();
  }

  @Test
  void theProviderCanTellTheAttemptsOfACall() throws ProviderException {
    List<Request> requests = new CopyOnWriteArrayList<>();
    provider.observe(requests::add);
    provider.script(List.of(unavailable(), unavailable()));

    client(auto).embed(List.of("a"), Attempt.first());
    client(auto).embed(List.of("b"), Attempt.first());

    assertThat(requests)
        .extracting(request -> request.headers().get("x-attempt"))
        .containsExactly("1", "2", "3", "1");
    List<String> keys =
        requests.stream().map(request -> request.headers().get("idempotency-key")).toList();
    assertThat(keys.subList(0, 3)).containsOnly(keys.get(0));
    assertThat(keys.get(3)).isNotEqualTo(keys.get(0));
  }

  @Test
  void anAttemptThatStallsIsAbortedAndRetried() throws Exception {
    provider.script(List.of(stall()));
    CompletableFuture<List<Embedding>> result =
        start(() -> client(manual).embed(List.of("a"), Attempt.first()));

    provider.awaitRequest();
    manual.advance(Duration.ofSeconds(2));
    manual.awaitSleeping(1);
    manual.advance(Duration.ofMillis(25));

    assertThat(result.get()).hasSize(1);
    assertThat(manual.waits()).containsExactly(Duration.ofMillis(25));
    assertThat(provider.requests()).isEqualTo(2);
  }

  @Test
  void aProviderThatAlwaysStallsIsATimeout() throws Exception {
    provider.script(List.of(stall(), silence(), stall()));
    CompletableFuture<ChatResponse> result = start(() -> client(manual).complete(HELLO, NONE));

    provider.awaitRequest();
    manual.advance(Duration.ofSeconds(20));
    manual.awaitSleeping(1);
    manual.advance(Duration.ofMillis(100));
    provider.awaitRequest();
    manual.advance(Duration.ofSeconds(10)); // all that the deadline has left

    Throwable error = result.handle((answer, thrown) -> thrown).get();
    assertThat(error).isInstanceOf(AttemptTimeoutException.class);
    assertThat(kinds(error)).containsExactly(FailureKind.TIMEOUT, FailureKind.TIMEOUT);
    assertThat(manual.scheduledCount()).isZero();
  }

  @Test
  void cancellationEndsTheAttemptInFlight() throws Exception {
    provider.script(List.of(silence()));
    CancellationSource caller = new CancellationSource();
    CompletableFuture<ChatResponse> result =
        start(() -> client(manual).complete(HELLO, caller.token()));

    provider.awaitRequest();
    caller.cancel();

    assertThat(result.handle((answer, thrown) -> thrown).get())
        .isInstanceOf(CancelledException.class);
    assertThat(provider.requests()).isEqualTo(1);
    assertThat(manual.scheduledCount()).isZero();
  }

  @Test
  void anInterruptEndsTheAttemptAndStays() throws Exception {
    provider.script(List.of(silence()));
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> interruption =
        start(
            () -> {
              provider.awaitRequest();
              caller.interrupt();
              return null;
            });

    Throwable error = catchThrowable(() -> client(auto).complete(HELLO, NONE));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error).isInstanceOf(CancelledException.class);
    assertThat(kinds(error)).containsExactly(FailureKind.CANCELLED);
    interruption.get();
  }

  @Test
  void aRefusedConnectionIsRetried() {
    provider.close();

    Throwable error = catchThrowable(() -> client(auto).complete(HELLO, NONE));

    assertThat(error)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("java.net.ConnectException");
    assertThat(kinds(error)).hasSize(4).containsOnly(FailureKind.NETWORK);
  }

  @Test
  void whatIsUnsupportedIsNotEvenSent() {
    LlmClient client = client(auto, new Capabilities(false, false));
    ChatRequest withTool =
        new ChatRequest("gpt-test", List.of(), List.of(new Tool("weather", "tells it", "{}")));

    for (Throwable error :
        List.of(
            catchThrowable(() -> client.embed(List.of("a"), Attempt.first())),
            catchThrowable(() -> client.complete(withTool, NONE)))) {
      assertThat(error).isInstanceOf(UnsupportedException.class);
      assertThat(kinds(error)).containsExactly(FailureKind.UNSUPPORTED);
    }
    assertThat(provider.requests()).isZero();
  }

  @Test
  void namesTheProviderButNotTheKey() {
    assertThat(client(auto).toString())
        .isEqualTo("RetryingLlmClient[OpenAI-compatible provider at " + provider.baseUrl() + "]");
    assertThat(client(auto).name()).contains(provider.baseUrl().toString());
  }
}
