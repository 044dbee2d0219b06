package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.CancellationToken;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.BaseTestConsumer;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wrapper that is generated calls what this artifact has. */
class AnnotatedClientTest {

  static Stream<Function<AnnotatedClient, BaseTestConsumer<?, ?>>> calls() {
    return Stream.of(
        client -> client.ask("this").test(),
        client -> client.stream("this", null).test(),
        client -> client.observe("this").test(),
        client -> client.perhaps("this", CancellationToken.none()).test(),
        client -> client.tell("this").test());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void itRetries(Function<AnnotatedClient, BaseTestConsumer<?, ?>> call) {
    var world = new TestEnvironment();
    var client = new RetryingAnnotatedClient(new Failing(world), world.runtime());
    BaseTestConsumer<?, ?> observer = call.apply(client);
    world.clock.advance(Duration.ofSeconds(1));
    observer.assertComplete();
    assertThat(world.waits).containsExactly(100L, 200L);
  }

  private record Failing(TestEnvironment world) implements AnnotatedClient {

    @Override
    public Single<String> ask(String question) {
      return Single.fromCallable(
          () -> {
            if (++world.calls < 3) {
              throw new ProviderError(FailureKind.OVERLOADED);
            }
            return "answer to " + question;
          });
    }

    @Override
    public Flowable<String> stream(String question, CancellationToken cancel) {
      return ask(question).toFlowable();
    }

    @Override
    public Observable<String> observe(String question) {
      return ask(question).toObservable();
    }

    @Override
    public Maybe<String> perhaps(String question, CancellationToken cancel) {
      return ask(question).toMaybe();
    }

    @Override
    public Completable tell(String fact) {
      return ask(fact).ignoreElement();
    }
  }
}
