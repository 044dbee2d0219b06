package dev.llmretry.runtime.async;

import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncRetryTest {

  static Stream<RetryCase> readyCases() {
    return RetryCases.of(Way.READY_FUTURE);
  }

  static Stream<RetryCase> lateCases() {
    return RetryCases.of(Way.LATE_FUTURE);
  }

  @ParameterizedTest
  @MethodSource("readyCases")
  void behavesAsTheTableSaysWhereFuturesAreReady(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            delegate.await(
                AsyncRetry.call(runtime, which.settings().policy("call"), token, delegate::begin)));
  }

  @ParameterizedTest
  @MethodSource("lateCases")
  void behavesAsTheTableSaysWhereFuturesCompleteLater(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            delegate.await(
                AsyncRetry.call(
                    runtime, which.settings().policy("call"), token, delegate::beginLate)));
  }
}
