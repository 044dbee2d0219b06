package dev.llmretry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All that is compared does the same: so many calls, and the client's own exception. */
class ContendersTest {

  private static final int ATTEMPTS = HandWritten.MAX_RETRIES + 1;

  static Stream<Client> retryingClients() {
    return EnumSet.complementOf(EnumSet.of(Client.DIRECT, Client.PLAIN)).stream();
  }

  static Stream<AsyncClient> retryingAsyncClients() {
    return EnumSet.complementOf(EnumSet.of(AsyncClient.DIRECT)).stream();
  }

  @ParameterizedTest
  @EnumSource
  void aSuccessIsOneCall(Client client) throws IOException {
    ScriptedDelegate delegate = new ScriptedDelegate(0, new TransientChatException());

    assertThat(client.around(delegate).complete("Hello")).isEqualTo("Hello");
    assertThat(delegate.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("retryingClients")
  void twoFailuresAreRetried(Client client) throws IOException {
    ScriptedDelegate delegate = new ScriptedDelegate(2, new TransientChatException());

    assertThat(client.around(delegate).complete("Hello")).isEqualTo("Hello");
    assertThat(delegate.calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsThrownAsItIs(Client client) {
    IOException refusal = new ChatException(FailureKind.UNAUTHORIZED);
    ScriptedDelegate delegate = new ScriptedDelegate(Integer.MAX_VALUE, refusal);
    int routes = client == Client.GENERATED_ROUTES ? 2 : 1; // each has a key of its own

    assertThat(catchThrowable(() -> client.around(delegate).complete("Hello"))).isSameAs(refusal);
    assertThat(delegate.calls()).isEqualTo(routes);
  }

  @ParameterizedTest
  @MethodSource("retryingClients")
  void aLastingFailureIsThrownAsItIs(Client client) {
    IOException failure = new TransientChatException();
    ScriptedDelegate delegate = new ScriptedDelegate(Integer.MAX_VALUE, failure);

    assertThat(catchThrowable(() -> client.around(delegate).complete("Hello"))).isSameAs(failure);
    assertThat(delegate.calls()).isEqualTo(ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource
  void anAsynchronousSuccessIsOneCall(AsyncClient client) throws Exception {
    ScriptedAsyncDelegate delegate = new ScriptedAsyncDelegate(0, new TransientChatException());

    assertThat(get(client.around(delegate).complete("Hello"))).isEqualTo("Hello");
    assertThat(delegate.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("retryingAsyncClients")
  void twoAsynchronousFailuresAreRetried(AsyncClient client) throws Exception {
    ScriptedAsyncDelegate delegate = new ScriptedAsyncDelegate(2, new TransientChatException());

    assertThat(get(client.around(delegate).complete("Hello"))).isEqualTo("Hello");
    assertThat(delegate.calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void anAsynchronousRefusalCompletesTheFuture(AsyncClient client) {
    IOException refusal = new ChatException(FailureKind.UNAUTHORIZED);
    ScriptedAsyncDelegate delegate = new ScriptedAsyncDelegate(Integer.MAX_VALUE, refusal);

    assertThat(errorOf(client.around(delegate).complete("Hello"))).isSameAs(refusal);
    assertThat(delegate.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("retryingAsyncClients")
  void aLastingAsynchronousFailureCompletesTheFuture(AsyncClient client) {
    IOException failure = new TransientChatException();
    ScriptedAsyncDelegate delegate = new ScriptedAsyncDelegate(Integer.MAX_VALUE, failure);

    assertThat(errorOf(client.around(delegate).complete("Hello"))).isSameAs(failure);
    assertThat(delegate.calls()).isEqualTo(ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource
  void aPendingFutureIsCompletedAtOnceWithTheDelegates(AsyncClient client) {
    AsyncProvider.Pending provider = new AsyncProvider.Pending();
    CompletableFuture<String> answer =
        client.around(new ApartAsyncDelegate(provider)).complete("Hello");

    assertThat(answer).isNotDone();
    provider.say("Yes.");
    assertThat(answer).isCompletedWithValue("Yes.");
  }

  @Test
  void theWrapperReturnsACompleteFutureItself() {
    AsyncProvider.Ready provider = new AsyncProvider.Ready();

    for (AsyncClient client : Set.of(AsyncClient.GENERATED, AsyncClient.TOKEN_GENERATED)) {
      assertThat(client.around(new ApartAsyncDelegate(provider)).complete("Hello"))
          .isSameAs(provider.answer("Hello"));
    }
  }

  private static String get(CompletableFuture<String> answer) throws Exception {
    return answer.get(1, TimeUnit.MINUTES);
  }

  private static Throwable errorOf(CompletableFuture<String> answer) {
    Throwable error = answer.handle((unused, e) -> e).orTimeout(1, TimeUnit.MINUTES).join();
    return error instanceof CompletionException ? error.getCause() : error;
  }
}
