package dev.llmretry.examples.client;

import static dev.llmretry.examples.client.Background.errorOf;
import static dev.llmretry.examples.client.Background.start;
import static dev.llmretry.examples.provider.Replies.drop;
import static dev.llmretry.examples.provider.Replies.failureAfter;
import static dev.llmretry.examples.provider.Replies.overloaded;
import static dev.llmretry.examples.provider.Replies.overloadedInStream;
import static dev.llmretry.examples.provider.Replies.stall;
import static dev.llmretry.examples.provider.Replies.unauthorized;
import static dev.llmretry.examples.provider.Replies.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmretry.FailureKind;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.examples.provider.Reply;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are read piece by piece. */
@Timeout(60)
class RetryingStreamTest {

  private static final ChatRequest COUNT =
      ChatRequest.of("gpt-test", Message.user("1 2 3 4 5 6 7 8 9 10"));
  private static final CancellationToken NONE = CancellationToken.none();

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final VirtualBackoffClock auto = VirtualBackoffClock.autoAdvancing();
  private final VirtualBackoffClock manual = VirtualBackoffClock.manual();

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private LlmClient client(VirtualBackoffClock clock) {
    return new RetryingLlmClient(
        new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(50)),
        RetryRuntime.builder().clock(clock).build());
  }

  private void script(Reply... replies) {
    provider.script(List.of(replies));
  }

  private static void assertWhole(List<ChatChunk> chunks) {
    assertThat(chunks.get(0)).isEqualTo(new ChatChunk(Role.ASSISTANT, "", null));
    assertThat(chunks.subList(1, chunks.size())).extracting(ChatChunk::role).containsOnlyNulls();
    assertThat(chunks)
        .extracting(ChatChunk::content)
        .containsExactly(
            "", "You ", "said: ", "1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "9 ", "10", "");
    assertThat(chunks.get(chunks.size() - 1).finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void anAnswerComesWholeAndItsConnectionEnds() throws Exception {
    try (Stream<ChatChunk> chunks = client(auto).stream(COUNT, NONE)) {
      assertWhole(chunks.toList());
    }
    provider.awaitEnd();
  }

  @Test
  void anErrorBeforeTheFirstTokenIsNotNoticed() throws Exception {
    script(overloadedInStream(), overloaded());

    try (Stream<ChatChunk> chunks = client(auto).stream(COUNT, NONE)) {
      assertWhole(chunks.toList());
    }
    assertThat(auto.waits()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(provider.requests()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      provider.awaitEnd();
    }
  }

  @Test
  void anErrorThatStaysIsThrownByTheCall() {
    script(overloadedInStream(), overloadedInStream(), unavailable(), overloadedInStream());

    UncheckedProviderException error =
        catchThrowableOfType(
            UncheckedProviderException.class, () -> client(auto).stream(COUNT, NONE));

    assertThat(error.failure()).isInstanceOf(ServerException.class).hasMessage(error.getMessage());
    RetryTrace trace = RetryTrace.find(error);
    assertThat(trace).isNotNull();
    assertThat(trace.report().failures().stream().map(FailedAttempt::failure))
        .extracting(failure -> failure.kind())
        .containsExactly(
            FailureKind.OVERLOADED,
            FailureKind.OVERLOADED,
            FailureKind.OVERLOADED,
            FailureKind.OVERLOADED);
  }

  @Test
  void aWrongKeyIsACheckedExceptionAndNotRetried() {
    script(unauthorized());

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> client(auto).stream(COUNT, NONE));
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void whatFailsAfterTenTokensIsNotRetried() throws Exception {
    script(failureAfter(10));
    List<ChatChunk> chunks = new ArrayList<>();

    Throwable error = catchThrowable(() -> client(auto).stream(COUNT, NONE).forEach(chunks::add));

    assertThat(error).isInstanceOf(UncheckedProviderException.class);
    assertThat(error.getCause()).isInstanceOf(ServerException.class);
    assertThat(chunks).hasSize(11).extracting(ChatChunk::role).containsOnlyOnce(Role.ASSISTANT);
    assertThat(chunks).extracting(ChatChunk::content).endsWith("7 ", "8 ").doesNotHaveDuplicates();
    assertThat(provider.requests()).isEqualTo(1);
    assertThat(auto.waits()).isEmpty();
    provider.awaitEnd();
  }

  @Test
  void aConnectionThatBreaksInTheMiddleIsTold() throws ProviderException {
    script(drop());

    try (Stream<ChatChunk> chunks = client(auto).stream(COUNT, NONE)) {
      assertThatExceptionOfType(UncheckedProviderException.class)
          .isThrownBy(chunks::toList)
          .withCauseInstanceOf(NetworkException.class);
    }
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void closingEndsTheConnection() throws Exception {
    script(stall());

    try (Stream<ChatChunk> chunks = client(auto).stream(COUNT, NONE)) {
      assertThat(chunks.limit(2).map(ChatChunk::content)).containsExactly("", "You ");
    }
    provider.awaitEnd();
  }

  @Test
  void cancellationEndsTheReading() throws Exception {
    script(stall());
    CancellationSource caller = new CancellationSource();
    CompletableFuture<Void> sixTokens = new CompletableFuture<>();
    CompletableFuture<String> reading =
        start(
            () -> {
              Iterator<ChatChunk> chunks = client(auto).stream(COUNT, caller.token()).iterator();
              for (int i = 0; i <= 6; i++) {
                chunks.next();
              }
              sixTokens.complete(null);
              return chunks.next().content();
            });

    sixTokens.get();
    caller.cancel();

    assertThat(errorOf(reading)).isInstanceOf(CancelledException.class);
    provider.awaitEnd();
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void whatHasArrivedIsNotReadAfterCancellation() throws Exception {
    CancellationSource caller = new CancellationSource();
    Iterator<ChatChunk> chunks = client(auto).stream(COUNT, caller.token()).iterator();
    chunks.next();
    chunks.next();

    caller.cancel();

    assertThat(catchThrowable(chunks::next)).isInstanceOf(CancelledException.class);
  }

  @Test
  void cancellationEndsTheWait() throws Exception {
    script(unavailable());
    CancellationSource caller = new CancellationSource();
    CompletableFuture<Stream<ChatChunk>> call =
        start(() -> client(manual).stream(COUNT, caller.token()));

    manual.awaitSleeping(1);
    caller.cancel();

    assertThat(errorOf(call))
        .isInstanceOf(CancelledException.class)
        .hasCauseInstanceOf(ServerException.class);
    assertThat(provider.requests()).isEqualTo(1);
  }

  @Test
  void anInterruptKeepsFromReadingOnAndStays() throws Exception {
    script(stall());
    try (Stream<ChatChunk> chunks = client(auto).stream(COUNT, NONE)) {
      Iterator<ChatChunk> iterator = chunks.iterator();
      iterator.next();
      iterator.next();

      Thread.currentThread().interrupt();

      assertThat(catchThrowable(iterator::next)).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    provider.awaitEnd();
  }

  @Test
  void toolsAreNotStreamed() {
    ChatRequest withTool =
        new ChatRequest("gpt-test", List.of(), List.of(new Tool("weather", "tells it", "{}")));

    assertThatExceptionOfType(UnsupportedException.class)
        .isThrownBy(() -> client(auto).stream(withTool, NONE));
    assertThat(provider.requests()).isZero();
  }
}
