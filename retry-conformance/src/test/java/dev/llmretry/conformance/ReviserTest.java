package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.Reviser;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that a reviser changes for later attempts. */
class ReviserTest {

  private final TestEnvironment environment = new TestEnvironment();
  private final List<String> requests = new ArrayList<>();

  private static RetryPolicy.Builder policy(Reviser<?> reviser) {
    return RetryPolicy.builder("call").revise(reviser);
  }

  private static Reviser<String> appendingTheKind() {
    return (request, kind, error) -> request + " " + kind;
  }

  private String call(RuntimeDriver driver, RetryPolicy policy, String... results) {
    CompletableFuture<String> future =
        driver.call(
            environment.runtime(),
            policy,
            environment.callToken,
            attempt -> {
              requests.add(attempt.revise("q"));
              String result = results[requests.size() - 1];
              if (result == null) {
                throw new ProviderError(FailureKind.SERVER);
              }
              return result;
            });
    environment.clock.advanceUntil(future::isDone);
    return future.join();
  }

  /** A future without token and attempt passes the delegate nothing that could be revised. */
  @ParameterizedTest
  @EnumSource(names = "PLAIN_FUTURE", mode = EnumSource.Mode.EXCLUDE)
  void eachFailureRevisesTheRequestOnce(RuntimeDriver driver) {
    call(driver, policy(appendingTheKind()).build(), null, null, "ok");
    assertThat(requests).containsExactly("q", "q SERVER", "q SERVER SERVER");
  }

  @ParameterizedTest
  @EnumSource(names = "PLAIN_FUTURE", mode = EnumSource.Mode.EXCLUDE)
  void timedAttemptsAreRevisedToo(RuntimeDriver driver) {
    RetryPolicy policy = policy(appendingTheKind()).attemptTimeout(Duration.ofSeconds(9)).build();
    call(driver, policy, null, "ok");
    assertThat(requests).containsExactly("q", "q SERVER");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"PLAIN_FUTURE", "CALLBACK"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRejectedResultIsKnownToTheReviser(RuntimeDriver driver) {
    Reviser<String> reviser =
        (request, kind, error) ->
            request + ": not " + ((RejectedResultException) error).result() + ", " + kind;
    RetryPolicy policy =
        policy(reviser)
            .check((String text) -> text.equals("42") ? null : Rejection.of("wrong"))
            .build();
    assertThat(call(driver, policy, "41", "42")).isEqualTo("42");
    assertThat(requests).containsExactly("q", "q: not 41, INVALID_OUTPUT");
  }

  @Test
  void aReviserThatFailsLeavesTheRequestAsItWas() {
    Reviser<String> failing =
        (request, kind, error) -> {
          throw new IllegalStateException("no idea");
        };
    call(RuntimeDriver.BLOCKING, policy(failing).build(), null, "ok");
    assertThat(requests).containsExactly("q", "q");
  }

  @Test
  void aReviserThatReturnsNullLeavesTheRequestAsItWas() {
    Reviser<String> none = (request, kind, error) -> null;
    call(RuntimeDriver.BLOCKING, policy(none).build(), null, "ok");
    assertThat(requests).containsExactly("q", "q");
  }

  @Test
  void withoutReviserAllAttemptsMakeTheSameRequest() {
    call(RuntimeDriver.BLOCKING, RetryPolicy.builder("call").build(), null, "ok");
    assertThat(requests).containsExactly("q", "q");
    assertThat(Attempt.first().revise("q")).isEqualTo("q");
  }
}
