package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The wrapper that is generated calls what this artifact has. */
class AnnotatedClientTest {

  private final TestEnvironment world = new TestEnvironment();
  private final AnnotatedClient client =
      new RetryingAnnotatedClient(
          new AnnotatedClient() {
            @Override
            public Mono<String> ask(String question) {
              return Mono.fromCallable(
                  () -> {
                    if (++world.calls < 3) {
                      throw new ProviderError(FailureKind.OVERLOADED);
                    }
                    return "answer to " + question;
                  });
            }

            @Override
            public Flux<String> stream(String question, CancellationToken cancel) {
              return ask(question).flux();
            }

            @Override
            public Mono<String> hedged(String question, Attempt attempt) {
              return attempt.isHedge() ? Mono.just("answer to " + question) : Mono.never();
            }
          },
          world.runtime());

  @Test
  void itRetriesAMono() {
    var answer = client.ask("this").toFuture();
    world.clock.advanceUntil(answer::isDone);
    assertThat(answer).isCompletedWithValue("answer to this");
    assertThat(world.waits).containsExactly(100L, 200L);
  }

  @Test
  void itRetriesAFlux() {
    var answer = client.stream("that", world.callToken).collectList().toFuture();
    world.clock.advanceUntil(answer::isDone);
    assertThat(answer.join()).containsExactly("answer to that");
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void itHedgesASlowMono() {
    var answer = client.hedged("it", null).toFuture();
    world.clock.advanceUntil(answer::isDone);
    assertThat(answer).isCompletedWithValue("answer to it");
    assertThat(world.millis()).isEqualTo(100);
  }
}
