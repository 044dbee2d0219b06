package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each driver of the runtime passes the table of cases. */
class ConformanceTest {

  /** Longer than any attempt of a case. */
  private static final long DAY = 86_400_000;

  @TestFactory
  Stream<DynamicContainer> driversPassTheTable() {
    return Stream.of(
        table("Retry", InvocationStyle.BLOCKING, ConformanceTest::blocking),
        table("AsyncRetry", InvocationStyle.READY_FUTURE, ConformanceTest::readyFuture),
        table("AsyncRetry", InvocationStyle.LATE_FUTURE, ConformanceTest::lateFuture),
        tableWithoutToken(InvocationStyle.READY_FUTURE, ConformanceTest::plainReadyFuture),
        tableWithoutToken(InvocationStyle.LATE_FUTURE, ConformanceTest::plainLateFuture),
        table("PublisherRetry", InvocationStyle.PUBLISHER, ConformanceTest::publisher),
        table("CallbackRetry", InvocationStyle.PUBLISHER, ConformanceTest::callback),
        hedged("AsyncRetry", InvocationStyle.PUBLISHER, ConformanceTest::readyFuture),
        hedged("AsyncRetry", InvocationStyle.LATE_FUTURE, ConformanceTest::lateFuture),
        hedged("PublisherRetry", InvocationStyle.PUBLISHER, ConformanceTest::publisher),
        hedged("CallbackRetry", InvocationStyle.PUBLISHER, ConformanceTest::callback));
  }

  private static DynamicContainer table(String name, InvocationStyle style, Driver driver) {
    return table(name, style, RetryCases.of(style), driver);
  }

  /**
   * Until an attempt is slow, a method whose attempts are hedged behaves as any other. A future is
   * never complete while its attempt begins, as if it were a publisher.
   */
  private static DynamicContainer hedged(String name, InvocationStyle style, Driver driver) {
    Stream<RetryCase> cases =
        Stream.concat(
            RetryCases.of(style).peek(each -> each.settings().hedgeAfterMs(DAY)),
            RetryCases.hedged(style));
    return table(name + " with hedges", style, cases, driver);
  }

  /** Methods that take neither a token nor an attempt. */
  private static DynamicContainer tableWithoutToken(InvocationStyle style, Driver driver) {
    return table(
        "FutureRetry",
        style,
        RetryCases.of(style).filter(RetryCase::holdsWithoutAttemptToken),
        driver);
  }

  private static DynamicContainer table(
      String name, InvocationStyle style, Stream<RetryCase> selected, Driver driver) {
    List<RetryCase> cases = selected.toList();
    assertThat(cases).as(name).hasSizeGreaterThan(80);
    return DynamicContainer.dynamicContainer(
        name + ", " + style + ": " + cases.size() + " cases",
        cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> each.check(driver))));
  }

  private static RetryPolicy policy(RetryCase retryCase) {
    return retryCase.settings().policy("call");
  }

  private static String blocking(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    return Retry.call(runtime, policy(retryCase), token, attempt -> delegate.call(attempt.token()));
  }

  private static String readyFuture(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    return delegate.await(
        AsyncRetry.call(
            runtime, policy(retryCase), token, attempt -> delegate.begin(attempt.token())));
  }

  private static String lateFuture(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    return delegate.await(
        AsyncRetry.call(
            runtime, policy(retryCase), token, attempt -> delegate.beginLate(attempt.token())));
  }

  private static String plainReadyFuture(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    return delegate.await(
        FutureRetry.call(
            cancelledBy(token, runtime),
            policy(retryCase),
            () -> delegate.begin(CancellationToken.none())));
  }

  private static String plainLateFuture(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    return delegate.await(
        FutureRetry.call(
            cancelledBy(token, runtime),
            policy(retryCase),
            () -> delegate.beginLate(CancellationToken.none())));
  }

  /** A method without a token is cancelled by the runtime's only. */
  private static RetryRuntime cancelledBy(CancellationToken token, RetryRuntime runtime) {
    return runtime.toBuilder().token(LinkedToken.of(runtime.token(), token)).build();
  }

  private static String publisher(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    Publisher<String> retried =
        PublisherRetry.call(
            runtime,
            policy(retryCase),
            token,
            attempt -> new FuturePublisher(() -> delegate.begin(attempt.token())));
    return delegate.await(FuturePublisher.last(retried));
  }

  /** The callback receives the result as an element, and then the end. */
  private static String callback(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    var future = new CompletableFuture<String>();
    ElementObserver observer = ElementObserver.completing(future);
    CallbackRetry.call(
        runtime,
        policy(retryCase),
        token,
        observer::onError,
        attempt -> {
          CompletableFuture<String> begun = delegate.begin(attempt.token());
          var cancellation = attempt.token().onCancel(() -> begun.cancel(true));
          ElementObserver.observe(
              begun,
              new ElementObserver() {
                @Override
                public void onElement(String element) {
                  attempt.element(element, () -> observer.onElement(element));
                }

                @Override
                public void onError(Throwable error) {
                  cancellation.close();
                  attempt.failed(error);
                }

                @Override
                public void onComplete() {
                  cancellation.close();
                  attempt.completed(observer::onComplete);
                }
              });
        });
    return delegate.await(future);
  }
}
