package dev.llmretry.runtime;

import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryCallTest {

  static Stream<RetryCase> cases() {
    return RetryCases.of(Way.BLOCKING);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void behavesAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            Retry.call(runtime, which.settings().policy("call"), token, delegate::call));
  }
}
