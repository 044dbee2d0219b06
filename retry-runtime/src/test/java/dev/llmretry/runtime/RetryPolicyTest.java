package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.runtime.classification.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

  private static final Duration NEGATIVE = Duration.ofMillis(-1);

  @Test
  void hasTheDefaultsOfTheAnnotation() throws ReflectiveOperationException {
    RetryPolicy policy = RetryPolicy.builder("ask").build();
    assertThat(policy.name()).isEqualTo("ask");
    assertThat(policy.maxRetries()).isEqualTo(defaultOf("max"));
    assertThat(policy.baseDelayNanos()).isEqualTo(nanosOf("baseDelayMs"));
    assertThat(policy.multiplier()).isEqualTo(defaultOf("multiplier"));
    assertThat(policy.maxDelayNanos()).isEqualTo(nanosOf("maxDelayMs"));
    assertThat(policy.jitter()).isEqualTo(defaultOf("jitter"));
    assertThat(policy.nested()).isEqualTo(defaultOf("nested"));
    assertThat(policy.maxRetryAfterNanos()).isEqualTo(nanosOf("maxRetryAfterMs"));
    assertThat(policy.isTimed()).isFalse();
  }

  private static Object defaultOf(String member) throws ReflectiveOperationException {
    return dev.llmretry.LlmRetry.class.getMethod(member).getDefaultValue();
  }

  private static long nanosOf(String member) throws ReflectiveOperationException {
    return Duration.ofMillis((long) defaultOf(member)).toNanos();
  }

  @Test
  void keepsWhatIsSet() {
    RetryPolicy policy =
        RetryPolicy.builder("ask")
            .maxRetries(7)
            .baseDelay(Duration.ofNanos(1))
            .multiplier(1.5)
            .maxDelay(Duration.ofNanos(2))
            .jitter(Jitter.FULL)
            .nested(Nested.RETRY)
            .deadline(Duration.ofNanos(3))
            .attemptTimeout(Duration.ofNanos(4))
            .maxRetryAfter(Duration.ofNanos(5))
            .build();
    assertThat(policy.maxRetries()).isEqualTo(7);
    assertThat(policy.baseDelayNanos()).isEqualTo(1);
    assertThat(policy.multiplier()).isEqualTo(1.5);
    assertThat(policy.maxDelayNanos()).isEqualTo(2);
    assertThat(policy.jitter()).isEqualTo(Jitter.FULL);
    assertThat(policy.nested()).isEqualTo(Nested.RETRY);
    assertThat(policy.deadlineNanos()).isEqualTo(3);
    assertThat(policy.attemptTimeoutNanos()).isEqualTo(4);
    assertThat(policy.maxRetryAfterNanos()).isEqualTo(5);
    assertThat(policy).hasToString("RetryPolicy[ask, maxRetries=7]");
  }

  @Test
  void eitherLimitMakesAttemptsTimed() {
    Duration limit = Duration.ofMillis(1);
    assertThat(RetryPolicy.builder("a").deadline(limit).build().isTimed()).isTrue();
    assertThat(RetryPolicy.builder("a").attemptTimeout(limit).build().isTimed()).isTrue();
  }

  @Test
  void longTimesAreCutToWhatALongHolds() {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    RetryPolicy policy = RetryPolicy.builder("a").maxDelay(ages).maxRetryAfter(ages).build();
    assertThat(policy.maxDelayNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(policy.maxRetryAfterNanos()).isEqualTo(Long.MAX_VALUE);
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        nonsense(b -> b.maxRetries(-1), "maxRetries is -1"),
        nonsense(b -> b.maxRetries(10_001), "maxRetries is 10001"),
        nonsense(b -> b.baseDelay(NEGATIVE), "baseDelay is PT-0.001S"),
        nonsense(b -> b.multiplier(0.99), "multiplier is 0.99"),
        nonsense(b -> b.multiplier(Double.NaN), "multiplier is NaN"),
        nonsense(b -> b.multiplier(Double.POSITIVE_INFINITY), "multiplier is Infinity"),
        nonsense(b -> b.maxDelay(NEGATIVE), "maxDelay is PT-0.001S"),
        nonsense(b -> b.deadline(NEGATIVE), "deadline is PT-0.001S"),
        nonsense(b -> b.deadline(Duration.ZERO), "deadline is PT0S"),
        nonsense(b -> b.attemptTimeout(NEGATIVE), "attemptTimeout is PT-0.001S"),
        nonsense(b -> b.attemptTimeout(Duration.ZERO), "attemptTimeout is PT0S"),
        nonsense(b -> b.maxRetryAfter(NEGATIVE), "maxRetryAfter is PT-0.001S"),
        nonsense(
            b -> b.baseDelay(Duration.ofMillis(200)).maxDelay(Duration.ofMillis(150)).build(),
            "baseDelay of 200 ms is longer than maxDelay of 150 ms"));
  }

  private static Arguments nonsense(Consumer<RetryPolicy.Builder> setting, String message) {
    return Arguments.of(setting, message);
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void refusesNonsense(Consumer<RetryPolicy.Builder> setting, String message) {
    assertThatThrownBy(() -> setting.accept(RetryPolicy.builder("ask")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void acceptsTheBoundaries() {
    RetryPolicy.builder("a").maxRetries(0).baseDelay(Duration.ZERO).maxDelay(Duration.ZERO).build();
    RetryPolicy.builder("a").maxRetries(10_000).multiplier(1).maxRetryAfter(Duration.ZERO).build();
  }

  @Test
  void aPreambleIsWhatItsPredicateSays() {
    RetryPolicy without = RetryPolicy.builder("stream").build();
    assertThat(without.hasPreamble()).isFalse();
    assertThat(without.isPreamble("")).isFalse();
    RetryPolicy with =
        RetryPolicy.builder("stream").preamble((Predicate<String>) String::isEmpty).build();
    assertThat(with.hasPreamble()).isTrue();
    assertThat(with.isPreamble("")).isTrue();
    assertThat(with.isPreamble("text")).isFalse();
    assertThat(with.isPreamble(null)).isFalse();
  }

  /** The more specific class wins, in whichever order they are named. */
  @Test
  void theOrderOfTheClassesMeansNothing() {
    Failure unknown = Failure.of(FailureKind.UNKNOWN, "a time-out");
    var error = new SocketTimeoutException("read");
    List<Class<? extends Throwable>> types =
        List.of(IOException.class, SocketTimeoutException.class);
    for (boolean reversed : List.of(false, true)) {
      RetryPolicy retrying =
          RetryPolicy.builder("ask")
              .abortOn(InterruptedIOException.class)
              .retryOn(types.get(reversed ? 1 : 0))
              .retryOn(types.get(reversed ? 0 : 1))
              .build();
      assertThat(retrying.retries(error, unknown)).isTrue();
      assertThat(retrying.retries(new InterruptedIOException("cut off"), unknown)).isFalse();
      RetryPolicy aborting =
          RetryPolicy.builder("ask")
              .retryOn(InterruptedIOException.class)
              .abortOn(types.get(reversed ? 1 : 0))
              .abortOn(types.get(reversed ? 0 : 1))
              .build();
      assertThat(aborting.retries(error, unknown)).isFalse();
      assertThat(aborting.retries(new InterruptedIOException("cut off"), unknown)).isTrue();
    }
  }
}
