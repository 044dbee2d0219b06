package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rules of Reactive Streams, by TestNG, which their TCK is made for. */
class ReactiveStreamsTckTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        PlainFlux.class,
        FluxAfterFailures.class,
        FluxWithPreamble.class,
        HedgedFlux.class,
        HedgedFluxWithPreamble.class,
        PlainMono.class,
        MonoAfterFailures.class,
        HedgedMono.class
      })
  void holds(Class<?> verification) {
    TestListenerAdapter results = new TestListenerAdapter();
    TestNG tests = new TestNG(false);
    tests.setTestClasses(new Class<?>[] {verification});
    tests.addListener(results);
    tests.setVerbose(0);
    tests.run();

    assertThat(results.getFailedTests())
        .extracting(test -> test.getName() + ": " + test.getThrowable())
        .isEmpty();
    assertThat(results.getPassedTests()).hasSizeGreaterThan(10);
  }

  /** One publisher for each test, whose calls fail so many times before they succeed. */
  private abstract static class Verification extends PublisherVerification<Integer> {

    /** Limits neither retries nor hedges. */
    static final RetryRuntime RUNTIME = RetryRuntime.builder().upstream(Upstream.none()).build();

    private final int failures;

    Verification(int failures) {
      super(new TestEnvironment(10_000, 20, 5));
      this.failures = failures;
    }

    abstract Publisher<Integer> retried(long elements, RetryPolicy policy, int failures);

    @Override
    public Publisher<Integer> createPublisher(long elements) {
      return retried(elements, policy(), failures);
    }

    /** Subscribers share the failures, and one may meet most of them. */
    RetryPolicy policy() {
      Duration tick = Duration.ofNanos(1);
      return RetryPolicy.builder("Numbers").maxRetries(100).baseDelay(tick).maxDelay(tick).build();
    }

    /** The first attempt of each call never answers. */
    static RetryPolicy.Builder hedged() {
      return RetryPolicy.builder("Numbers").maxRetries(0).hedgeAfter(Duration.ofMillis(1));
    }

    static boolean isSlow(RetryPolicy policy, Attempt attempt) {
      return policy.hedgeAfter() != null && !attempt.isHedge();
    }

    static boolean failsStill(AtomicInteger calls, int failures) {
      return calls.getAndUpdate(made -> made == failures ? 0 : made + 1) < failures;
    }

    static ProviderError error() {
      return new ProviderError(FailureKind.SERVER);
    }

    static Flux<Integer> numbers(long elements) {
      return elements > Integer.MAX_VALUE
          ? Flux.range(0, Integer.MAX_VALUE).repeat()
          : Flux.range(0, (int) elements);
    }
  }

  private abstract static class FluxVerification extends Verification {

    FluxVerification(int failures) {
      super(failures);
    }

    @Override
    Publisher<Integer> retried(long elements, RetryPolicy policy, int failures) {
      var calls = new AtomicInteger();
      return ReactorRetry.<Integer>flux(
          RUNTIME,
          policy,
          attempt ->
              isSlow(policy, attempt)
                  ? Flux.never()
                  : failsStill(calls, failures) ? Flux.error(error()) : numbers(elements));
    }

    @Override
    public Publisher<Integer> createFailedPublisher() {
      return ReactorRetry.flux(RUNTIME, policy(), attempt -> Flux.error(error()));
    }
  }

  private abstract static class MonoVerification extends Verification {

    MonoVerification(int failures) {
      super(failures);
    }

    @Override
    Publisher<Integer> retried(long elements, RetryPolicy policy, int failures) {
      var calls = new AtomicInteger();
      return ReactorRetry.<Integer>mono(
          RUNTIME,
          policy,
          attempt -> {
            if (isSlow(policy, attempt)) {
              return Mono.never();
            }
            Mono<Integer> result = elements == 0 ? Mono.empty() : Mono.just(1);
            return failsStill(calls, failures) ? Mono.error(error()) : result;
          });
    }

    @Override
    public long maxElementsFromPublisher() {
      return 1;
    }

    @Override
    public Publisher<Integer> createFailedPublisher() {
      return ReactorRetry.mono(RUNTIME, policy(), attempt -> Mono.error(error()));
    }
  }

  /** Without failures. */
  public static final class PlainFlux extends FluxVerification {
    public PlainFlux() {
      super(0);
    }
  }

  /** With two failures before the first element. */
  public static final class FluxAfterFailures extends FluxVerification {
    public FluxAfterFailures() {
      super(2);
    }
  }

  /** With a failure, then some elements that are held back, and a time-out and a token. */
  public static final class FluxWithPreamble extends FluxVerification {
    public FluxWithPreamble() {
      super(1);
    }

    @Override
    RetryPolicy policy() {
      return RetryPolicy.builder("Numbers")
          .baseDelay(Duration.ofNanos(1))
          .attemptTimeout(Duration.ofMinutes(1))
          .preamble((Integer number) -> number < 3)
          .build();
    }
  }

  /** Of the hedge of an attempt that never answers. */
  public static final class HedgedFlux extends FluxVerification {
    public HedgedFlux() {
      super(0);
    }

    @Override
    RetryPolicy policy() {
      return hedged().build();
    }
  }

  /** With elements that are held back, of the hedge of an attempt that never answers. */
  public static final class HedgedFluxWithPreamble extends FluxVerification {
    public HedgedFluxWithPreamble() {
      super(0);
    }

    @Override
    RetryPolicy policy() {
      return hedged().preamble((Integer number) -> number < 3).build();
    }
  }

  /** Without failures. */
  public static final class PlainMono extends MonoVerification {
    public PlainMono() {
      super(0);
    }
  }

  /** With two failures before the first element. */
  public static final class MonoAfterFailures extends MonoVerification {
    public MonoAfterFailures() {
      super(2);
    }
  }

  /** Of the hedge of an attempt that never answers. */
  public static final class HedgedMono extends MonoVerification {
    public HedgedMono() {
      super(0);
    }

    @Override
    RetryPolicy policy() {
      return hedged().build();
    }
  }
}
