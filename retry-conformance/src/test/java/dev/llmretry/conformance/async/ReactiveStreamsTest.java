package dev.llmretry.conformance.async;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/** Retried publishers, and their subscribers of attempts, against the rules of Reactive Streams. */
@Tag("costly")
class ReactiveStreamsTest {

  private static final ExecutorService POOL = Executors.newCachedThreadPool();

  /** What happens before the elements. */
  enum Beginning {
    GOOD,
    /** Two attempts throw. */
    THROWN,
    /** Two attempts signal an error. */
    SIGNALLED,
    /** The first elements are a preamble. */
    PREAMBLE,
    /** Two attempts signal an error after a preamble. */
    PREAMBLE_LOST
  }

  enum From {
    /** Elements and later attempts come from the thread that requests them. */
    SAME_THREAD,
    OTHER_THREAD
  }

  @AfterAll
  static void shutDown() {
    POOL.shutdown();
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD, SAME_THREAD",
    "GOOD, OTHER_THREAD",
    "THROWN, SAME_THREAD",
    "THROWN, OTHER_THREAD",
    "SIGNALLED, SAME_THREAD",
    "SIGNALLED, OTHER_THREAD",
    "PREAMBLE, SAME_THREAD",
    "PREAMBLE, OTHER_THREAD",
    "PREAMBLE_LOST, SAME_THREAD",
    "PREAMBLE_LOST, OTHER_THREAD"
  })
  void aRetriedPublisherKeepsTheRules(Beginning beginning, From from, TestReporter reporter) {
    PublisherVerification.run(new RetriedPublisher(beginning, from, false), reporter);
  }

  /** As generated code adapts publishers of Reactive Streams. */
  @ParameterizedTest
  @EnumSource(names = {"GOOD", "SIGNALLED", "PREAMBLE_LOST"})
  void anAdaptedPublisherKeepsTheRules(Beginning beginning, TestReporter reporter) {
    PublisherVerification.run(new RetriedPublisher(beginning, From.OTHER_THREAD, true), reporter);
  }

  @Test
  void theSubscriberOfAnAttemptKeepsTheRules(TestReporter reporter) {
    PublisherVerification.run(new AttemptSubscriber(), reporter);
  }

  /** Long time-outs for a loaded machine; short ones for checks that nothing arrives. */
  private static TestEnvironment environment() {
    return new TestEnvironment(10_000, 10, 5);
  }

  public static final class RetriedPublisher extends FlowPublisherVerification<Long> {

    private final Beginning beginning;
    private final Executor executor;
    private final boolean adapted;
    private final RetryRuntime runtime;
    private final RetryPolicy policy;

    RetriedPublisher(Beginning beginning, From from, boolean adapted) {
      super(environment(), 50);
      this.beginning = beginning;
      this.executor = from == From.SAME_THREAD ? Runnable::run : POOL;
      this.adapted = adapted;
      this.runtime = RetryRuntime.builder().executor(executor).build();
      var settings =
          RetryPolicy.builder("numbers")
              .baseDelay(from == From.SAME_THREAD ? Duration.ZERO : Duration.ofMillis(1));
      if (beginning == Beginning.PREAMBLE || beginning == Beginning.PREAMBLE_LOST) {
        settings.preamble((Long number) -> number < 2);
      }
      this.policy = settings.build();
    }

    @Override
    public Publisher<Long> createFlowPublisher(long elements) {
      return subscriber -> {
        var attempts = new AtomicInteger();
        retried(each -> attempt(attempts.incrementAndGet(), new Numbers(elements, executor)))
            .subscribe(subscriber);
      };
    }

    @Override
    public Publisher<Long> createFailedFlowPublisher() {
      return retried(each -> new Failing(0)); // which asks for no demand
    }

    private Publisher<Long> retried(AsyncCall<Publisher<Long>> call) {
      if (!adapted) {
        return PublisherRetry.call(runtime, policy, call);
      }
      AsyncCall<org.reactivestreams.Publisher<Long>> foreign =
          each -> FlowAdapters.toPublisher(call.call(each));
      return FlowAdapters.toFlowPublisher(
          FlowAdapters.toPublisher(
              PublisherRetry.<Long>call(
                  runtime,
                  policy,
                  attempt -> FlowAdapters.toFlowPublisher(foreign.call(attempt)))));
    }

    private Publisher<Long> attempt(int attempt, Publisher<Long> good) throws ProviderError {
      return switch (attempt > 2 ? Beginning.GOOD : beginning) {
        case GOOD, PREAMBLE -> good;
        case THROWN -> throw new ProviderError(FailureKind.OVERLOADED);
        case SIGNALLED -> new Failing(0);
        case PREAMBLE_LOST -> new Failing(2);
      };
    }
  }

  /** Publishes some numbers, then an error. */
  private record Failing(long elements) implements Publisher<Long> {

    @Override
    public void subscribe(Subscriber<? super Long> subscriber) {
      new Numbers(elements, Runnable::run)
          .subscribe(
              new Subscriber<>() {
                @Override
                public void onSubscribe(Subscription subscription) {
                  subscriber.onSubscribe(subscription);
                }

                @Override
                public void onNext(Long element) {
                  subscriber.onNext(element);
                }

                @Override
                public void onError(Throwable error) {
                  subscriber.onError(error);
                }

                @Override
                public void onComplete() {
                  subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
                }
              });
    }
  }

  public static final class AttemptSubscriber extends FlowSubscriberBlackboxVerification<Long> {

    AttemptSubscriber() {
      super(environment());
    }

    @Override
    public Flow.Subscriber<Long> createFlowSubscriber() {
      var upstream = new AtomicReference<Subscriber<Long>>();
      PublisherRetry.<Long>subscribe(
          RetryRuntime.standard(),
          RetryPolicy.builder("numbers").build(),
          null,
          new UnboundedSubscriber(),
          (subscriber, attempt) -> upstream.set(subscriber));
      return upstream.get();
    }

    @Override
    public Long createElement(int element) {
      return (long) element;
    }
  }

  private static final class UnboundedSubscriber implements Subscriber<Long> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Long element) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
