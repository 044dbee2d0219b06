package dev.llmretry.runtime.async;

import dev.llmretry.runtime.cases.FuturePublisher;
import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublisherRetryTest {

  static Stream<RetryCase> cases() {
    return RetryCases.of(Way.PUBLISHER);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void behavesAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          Publisher<String> retried =
              PublisherRetry.call(
                  runtime,
                  which.settings().policy("call"),
                  token,
                  attempt -> new FuturePublisher(() -> delegate.begin(attempt)));
          return delegate.await(FuturePublisher.last(retried));
        });
  }
}
