package dev.llmretry.guava;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.CancellationToken;
import org.junit.jupiter.api.Test;

/** The wrapper that is generated calls what this artifact has. */
class AnnotatedClientTest {

  private final TestEnvironment world = new TestEnvironment();
  private final AnnotatedClient client =
      new RetryingAnnotatedClient(
          new AnnotatedClient() {
            @Override
            public ListenableFuture<String> ask(String question) {
              return ask(question, CancellationToken.none());
            }

            @Override
            public ListenableFuture<String> ask(String question, CancellationToken cancel) {
              SettableFuture<String> answer = SettableFuture.create();
              if (++world.calls < 3) {
                answer.setException(new ProviderError(FailureKind.OVERLOADED));
              } else {
                answer.set("answer to " + question);
              }
              return answer;
            }
          },
          world.runtime());

  @Test
  void itRetries() throws Exception {
    ListenableFuture<String> answer = client.ask("this");
    world.clock.advanceUntil(answer::isDone);
    assertThat(answer.get()).isEqualTo("answer to this");
    assertThat(world.waits).containsExactly(100L, 200L);
  }

  @Test
  void itRetriesWithAToken() throws Exception {
    ListenableFuture<String> answer = client.ask("that", world.callToken);
    world.clock.advanceUntil(answer::isDone);
    assertThat(answer.get()).isEqualTo("answer to that");
    assertThat(world.calls).isEqualTo(3);
    assertThat(world.callToken.registered()).isZero();
  }
}
