package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private static final Duration NEGATIVE = Duration.ofMillis(-1);

  @Test
  void hasTheDefaultsOfTheAnnotation() throws ReflectiveOperationException {
    RetryPolicy policy = RetryPolicy.builder("ask").build();
    assertThat(policy.name()).isEqualTo("ask");
    assertThat(policy.maxRetries()).isEqualTo(defaultOf("max"));
    assertThat(policy.baseDelay()).isEqualTo(durationOf("baseDelayMs"));
    assertThat(policy.multiplier()).isEqualTo(defaultOf("multiplier"));
    assertThat(policy.maxDelay()).isEqualTo(durationOf("maxDelayMs"));
    assertThat(policy.jitter()).isEqualTo(defaultOf("jitter"));
    assertThat(policy.nested()).isEqualTo(defaultOf("nested"));
    assertThat(policy.maxRetryAfter()).isEqualTo(durationOf("maxRetryAfterMs"));
    assertThat(policy.isTimed()).isFalse();
  }

  private static Object defaultOf(String member) throws ReflectiveOperationException {
    return dev.llmretry.LlmRetry.class.getMethod(member).getDefaultValue();
  }

  private static Duration durationOf(String member) throws ReflectiveOperationException {
    return Duration.ofMillis((long) defaultOf(member));
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
    assertThat(policy.baseDelay()).hasNanos(1);
    assertThat(policy.multiplier()).isEqualTo(1.5);
    assertThat(policy.maxDelay()).hasNanos(2);
    assertThat(policy.jitter()).isEqualTo(Jitter.FULL);
    assertThat(policy.nested()).isEqualTo(Nested.RETRY);
    assertThat(policy.deadline()).hasNanos(3);
    assertThat(policy.attemptTimeout()).hasNanos(4);
    assertThat(policy.maxRetryAfter()).hasNanos(5);
    assertThat(policy)
        .hasToString(
            "RetryPolicy[ask, maxRetries=7, baseDelay=1.0E-6 ms, multiplier=1.5, maxDelay=2.0E-6 ms,"
                + " jitter=FULL, nested=RETRY, deadline=3.0E-6 ms, attemptTimeout=4.0E-6 ms,"
                + " maxRetryAfter=5.0E-6 ms]");
    assertThat(RetryPolicy.builder("ask").build()).hasToString("RetryPolicy[ask, maxRetries=3]");
    assertThat(RetryPolicy.builder("ask").unlimitedRetryAfter().enabled(false).build())
        .hasToString("RetryPolicy[ask, maxRetries=3, enabled=false, maxRetryAfter=unlimited]");
  }

  @Test
  void eitherLimitMakesAttemptsTimed() {
    Duration limit = Duration.ofMillis(1);
    assertThat(RetryPolicy.builder("a").deadline(limit).build().isTimed()).isTrue();
    assertThat(RetryPolicy.builder("a").attemptTimeout(limit).build().isTimed()).isTrue();
  }

  @Test
  void aBuilderFromAPolicyHasItsSettings() {
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
            .unlimitedRetryAfter()
            .retryOn(IOException.class)
            .abortOn(SocketTimeoutException.class)
            .retryOn(FailureKind.UNKNOWN)
            .abortOn(FailureKind.SERVER)
            .preamble((Predicate<String>) String::isEmpty)
            .build();
    assertThat(policy.toBuilder().build()).usingRecursiveComparison().isEqualTo(policy);
    assertThat(policy.toBuilder().maxRetries(8).build().maxRetries()).isEqualTo(8);
    assertThat(policy.maxRetries()).isEqualTo(7);
    assertThat(policy.retryOn()).containsExactly(IOException.class);
    assertThat(policy.abortOn()).containsExactly(SocketTimeoutException.class);
    assertThat(policy.retryOnKinds()).containsExactly(FailureKind.UNKNOWN);
    assertThat(policy.abortOnKinds()).containsExactly(FailureKind.SERVER);
    assertThat(policy.maxRetryAfter()).isNull();
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
            "LR003: ask: baseDelay of 200 ms is longer than maxDelay of 150 ms"),
        nonsense(
            b -> b.retryOn(IOException.class).abortOn(IOException.class).build(),
            "LR007: ask: java.io.IOException is in both retryOn and abortOn"),
        nonsense(
            b -> b.retryOn(SocketTimeoutException.class).retryOn(IOException.class).build(),
            "LR008: ask: java.net.SocketTimeoutException in retryOn has no effect, since"
                + " java.io.IOException is there too"),
        nonsense(
            b -> b.abortOn(IOException.class).abortOn(SocketTimeoutException.class).build(),
            "LR008: ask: java.net.SocketTimeoutException in abortOn has no effect"),
        nonsense(
            b -> b.retryOn(StackOverflowError.class).build(),
            "LR009: ask: java.lang.StackOverflowError in retryOn is never retried"),
        nonsense(
            b -> b.abortOn(InterruptedException.class).build(),
            "LR009: ask: java.lang.InterruptedException in abortOn is never retried"),
        nonsense(
            b -> b.retryOn(CancelledException.class).build(),
            "LR009: ask: dev.llmretry.runtime.CancelledException in retryOn is never retried"),
        nonsense(
            b -> b.retryOn(FailureKind.CANCELLED).build(),
            "LR009: ask: CANCELLED in retryOn is never retried"),
        nonsense(
            b -> b.retryOn(FailureKind.UNKNOWN).abortOn(FailureKind.UNKNOWN).build(),
            "LR011: ask: UNKNOWN is in both retryOn and abortOn"));
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

  static Stream<Arguments> questionable() {
    return Stream.of(
        nonsense(
            b -> b.jitter(Jitter.FULL).baseDelay(Duration.ZERO),
            "LR004: ask: jitter FULL has no effect, since baseDelay is zero"),
        nonsense(
            b -> b.deadline(Duration.ofMillis(50)),
            "LR005: ask: deadline of 50 ms leaves no time for attempt 2: the delays before it take at"
                + " least 100 ms"),
        nonsense(
            b -> b.deadline(Duration.ofMillis(300)),
            "LR005: ask: deadline of 300 ms leaves no time for attempt 3: the delays before it take at"
                + " least 300 ms"),
        nonsense(
            b -> b.jitter(Jitter.EQUAL).deadline(Duration.ofMillis(50)),
            "LR005: ask: deadline of 50 ms leaves no time for attempt 2: the delays before it take at"
                + " least 50 ms"),
        nonsense(
            b -> b.deadline(Duration.ofSeconds(9)).attemptTimeout(Duration.ofSeconds(9)),
            "LR006: ask: attemptTimeout of 9000 ms has no effect, since deadline of 9000 ms ends an"
                + " attempt no later"),
        nonsense(
            b -> b.attemptTimeout(Duration.ofSeconds(9)).hedgeAfter(Duration.ofSeconds(9)),
            "LR059: ask: hedgeAfter of 9000 ms has no effect, since an attempt ends after 9000 ms"),
        nonsense(
            b -> b.retryOn(FailureKind.SERVER),
            "LR012: ask: SERVER in retryOn has no effect: it is retried anyway"),
        nonsense(
            b -> b.abortOn(FailureKind.FORBIDDEN),
            "LR012: ask: FORBIDDEN in abortOn has no effect: it is not retried anyway"));
  }

  @ParameterizedTest
  @MethodSource("questionable")
  void logsWhatTheCompilerWarnsOf(Consumer<RetryPolicy.Builder> setting, String message) {
    RetryPolicy.Builder builder = RetryPolicy.builder("ask");
    setting.accept(builder);
    builder.build();
    assertThat(log.warnings()).containsExactly(message);
  }

  @Test
  void logsNothingOfSettingsThatHaveAnEffect() {
    RetryPolicy.builder("a").deadline(Duration.ofMillis(701)).build();
    RetryPolicy.builder("a").deadline(Duration.ofMillis(1)).maxRetries(0).build();
    RetryPolicy.builder("a").deadline(Duration.ofMillis(1)).jitter(Jitter.FULL).build();
    RetryPolicy.builder("a").attemptTimeout(Duration.ofMinutes(1)).build();
    RetryPolicy.builder("a").abortOn(FailureKind.SERVER).retryOn(FailureKind.UNKNOWN).build();
    RetryPolicy.builder("a")
        .retryOn(IOException.class)
        .abortOn(InterruptedIOException.class)
        .retryOn(SocketTimeoutException.class)
        .build();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aClassThatIsAddedTwiceCountsOnce() {
    RetryPolicy policy = RetryPolicy.builder("a").retryOn(IOException.class).build();
    RetryPolicy derived = policy.toBuilder().retryOn(IOException.class).build();
    assertThat(derived.retryOn()).containsExactly(IOException.class);
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
}
