package dev.llmretry.rxjava3;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The rules of Reactive Streams for publishers, as {@link ReactiveStreamsTest} runs them. */
public abstract class FlowableVerification extends PublisherVerification<Long> {

  private final int failures;
  private final RetryPolicy policy;

  FlowableVerification(int failures, RetryPolicy.Builder settings) {
    super(new TestEnvironment(10_000, 50, 5));
    this.failures = failures;
    this.policy = settings.baseDelay(Duration.ofMillis(1)).build();
  }

  @Override
  public Publisher<Long> createPublisher(long elements) {
    var attempts = new AtomicInteger();
    return RxRetry.flowable(
        RetryRuntime.standard(),
        policy,
        attempt -> attempts.getAndIncrement() < failures ? failing() : stream(elements));
  }

  /** Fails where it can still be retried: after elements that are preamble, if there are such. */
  private Flowable<Long> failing() {
    return stream(policy.hasPreamble() ? 2 : 0)
        .concatWith(Flowable.error(new ProviderError(FailureKind.SERVER)));
  }

  private static Flowable<Long> stream(long elements) {
    return Flowable.rangeLong(0, elements);
  }

  @Override
  public Publisher<Long> createFailedPublisher() {
    return RxRetry.flowable(
        RetryRuntime.standard(),
        policy,
        attempt -> Flowable.error(new ProviderError(FailureKind.UNAUTHORIZED)));
  }
}
