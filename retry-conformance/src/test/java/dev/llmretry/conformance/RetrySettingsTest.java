package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.PropertySettings;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetrySettings;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings from outside apply instead of the compiled ones. */
class RetrySettingsTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final FaultyEnvironment environment = new FaultyEnvironment();

  private RetryRuntime runtime(RetrySettings settings) {
    return environment.runtime().toBuilder().settings(settings).build();
  }

  private static RetrySettings maxRetries(int retries) {
    return compiled -> compiled.toBuilder().maxRetries(retries).build();
  }

  private static PropertySettings properties(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    return PropertySettings.of("file", properties);
  }

  private CompletableFuture<String> call(
      RuntimeDriver driver, RetryRuntime runtime, RetryPolicy policy, int failures) {
    return driver.call(runtime, policy, environment.token, environment.failing(failures));
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void numbersOfRetriesAndDelaysAreThoseOfTheSettings(RuntimeDriver driver) {
    RetrySettings settings =
        compiled -> compiled.toBuilder().maxRetries(4).baseDelay(Duration.ofSeconds(1)).build();
    CompletableFuture<String> call = call(driver, runtime(settings), FaultyEnvironment.UNTIMED, 9);
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isEqualTo(5);
    assertThat(environment.time.nanoTime()).isEqualTo(Duration.ofSeconds(1 + 2 + 4 + 8).toNanos());
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void retriesAreSwitchedOff(RuntimeDriver driver) {
    RetryRuntime runtime = runtime(properties("llmretry.enabled", "false"));
    CompletableFuture<String> call = call(driver, runtime, FaultyEnvironment.UNTIMED, 1);
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isOne();
    assertThat(RetryTrace.find(environment.overloaded).report().reason())
        .isEqualTo(GiveUpReason.DISABLED);
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void timeLimitsAreThoseOfTheSettings(RuntimeDriver driver) {
    RetrySettings settings =
        compiled ->
            compiled.toBuilder()
                .deadline(Duration.ofMillis(3050))
                .attemptTimeout(Duration.ofSeconds(3))
                .build();
    List<Boolean> cancelled = new ArrayList<>();
    CompletableFuture<String> call =
        driver.call(
            runtime(settings),
            FaultyEnvironment.TIMED,
            environment.token,
            attempt -> {
              environment.time.advance(Duration.ofMillis(2999));
              cancelled.add(attempt.token().isCancelled());
              environment.time.advance(Duration.ofMillis(1));
              cancelled.add(attempt.token().isCancelled());
              throw new CancellationException("timed out");
            });
    Throwable error = environment.errorOf(call);
    assertThat(error).isInstanceOf(AttemptTimeoutException.class);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.DEADLINE);
    boolean hasToken = driver != RuntimeDriver.PLAIN_FUTURE;
    assertThat(cancelled).containsExactly(false, hasToken);
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void timeLimitsCanBeRemoved(RuntimeDriver driver) {
    RetrySettings settings =
        compiled -> compiled.toBuilder().deadline(null).attemptTimeout(null).build();
    RetryRuntime runtime = runtime(settings);
    CompletableFuture<String> call =
        driver.call(
            runtime,
            FaultyEnvironment.TIMED,
            environment.token,
            attempt -> {
              environment.time.advance(Duration.ofHours(1));
              return environment.failing(1).call(attempt);
            });
    assertThat(environment.errorOf(call)).isNull();
    assertThat(environment.attempts).isEqualTo(2);
    assertThat(environment.time.nanoTime())
        .isEqualTo(Duration.ofHours(2).plusMillis(100).toNanos());
    environment.checkOneEndAndNothingLeft();
  }

  @Test
  void settingsAreAppliedOncePerPolicy() {
    List<RetryPolicy> applied = new ArrayList<>();
    RetryRuntime runtime =
        runtime(
            compiled -> {
              applied.add(compiled);
              return compiled;
            });
    RetryPolicy other = RetryPolicy.builder("other").build();
    for (int i = 0; i < 3; i++) {
      assertThat(runtime.effective(FaultyEnvironment.UNTIMED)).isSameAs(FaultyEnvironment.UNTIMED);
      assertThat(runtime.toBuilder().enabled(false).build().effective(other)).isSameAs(other);
    }
    assertThat(applied).containsExactly(FaultyEnvironment.UNTIMED, other);
    assertThat(runtime.policies()).containsExactly(FaultyEnvironment.UNTIMED, other);
  }

  @Test
  void settingsAreNotAppliedToWhatTheyHaveMade() {
    RetrySettings oneMore =
        compiled -> compiled.toBuilder().maxRetries(compiled.maxRetries() + 1).build();
    RetryRuntime runtime = runtime(oneMore);
    RetryPolicy compiled = RetryPolicy.builder("call").maxRetries(1).build();
    RetryPolicy applied = runtime.effective(compiled);
    assertThat(applied.maxRetries()).isEqualTo(2);
    assertThat(runtime.effective(applied)).isSameAs(applied);
    assertThat(runtime(oneMore).effective(applied).maxRetries()).isEqualTo(3);

    runtime.refresh(same -> same);
    assertThat(runtime.effective(applied)).isSameAs(compiled);
    runtime.refresh(maxRetries(7));
    assertThat(runtime.effective(applied).maxRetries()).isEqualTo(7);
    assertThat(runtime.policies()).extracting(RetryPolicy::maxRetries).containsExactly(7);
  }

  @Test
  void settingsMayUseFurtherPoliciesWhileTheyAreRefreshed() {
    RetryRuntime runtime = runtime(maxRetries(2));
    RetryPolicy first = RetryPolicy.builder("first").build();
    RetryPolicy second = RetryPolicy.builder("second").build();
    var unused = runtime.effective(first);
    unused = runtime.effective(second);
    runtime.refresh(
        compiled -> {
          int retries = runtime.effective(RetryPolicy.builder("shared").build()).maxRetries();
          return compiled.toBuilder().maxRetries(retries + 1).build();
        });
    assertThat(runtime.effective(first).maxRetries()).isEqualTo(3);
    assertThat(runtime.effective(second).maxRetries()).isEqualTo(3);
  }

  @Test
  void runtimesDoNotShareSettings() {
    RetryRuntime three = runtime(maxRetries(3));
    RetryRuntime four = runtime(maxRetries(4));
    for (int i = 0; i < 2; i++) {
      assertThat(three.effective(FaultyEnvironment.UNTIMED).maxRetries()).isEqualTo(3);
      assertThat(four.effective(FaultyEnvironment.UNTIMED).maxRetries()).isEqualTo(4);
    }
    RetryRuntime none = environment.runtime();
    assertThat(none.effective(FaultyEnvironment.UNTIMED)).isSameAs(FaultyEnvironment.UNTIMED);
    assertThat(none.policies()).isEmpty();
    none.checkSettings();
  }

  @Test
  void aRefreshChangesAllRuntimesThatWereBuiltFromOneAnother() {
    RetryRuntime runtime = runtime(maxRetries(3));
    RetryRuntime derived = runtime.toBuilder().upstream(Upstream.none()).build();
    assertThat(derived.effective(FaultyEnvironment.UNTIMED).maxRetries()).isEqualTo(3);
    runtime.refresh(maxRetries(4));
    assertThat(derived.effective(FaultyEnvironment.UNTIMED).maxRetries()).isEqualTo(4);
    assertThat(derived.policies()).extracting(RetryPolicy::maxRetries).containsExactly(4);
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void aRefreshAppliesToCallsThatBeginLater(RuntimeDriver driver) {
    RetryRuntime runtime = runtime(maxRetries(2));
    CompletableFuture<String> call =
        driver.call(
            runtime,
            FaultyEnvironment.UNTIMED,
            null,
            attempt -> {
              if (environment.attempts == 1) {
                runtime.refresh(maxRetries(0));
              }
              return environment.failing(9).call(attempt);
            });
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isEqualTo(3);
    environment.errorOf(call(driver, runtime, FaultyEnvironment.UNTIMED, 9));
    assertThat(environment.attempts).isEqualTo(4);
  }

  @Test
  void anInvalidRefreshChangesNothingAndIsLogged() {
    RetryPolicy other = RetryPolicy.builder("other").baseDelay(Duration.ofSeconds(20)).build();
    RetryRuntime runtime = runtime(maxRetries(3));
    runtime.effective(FaultyEnvironment.UNTIMED);
    runtime.effective(other);
    RetrySettings invalidForOne =
        compiled -> compiled.toBuilder().maxRetries(9).maxDelay(Duration.ofSeconds(1)).build();
    assertThatThrownBy(() -> runtime.refresh(invalidForOne))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("LR003: other: ");
    assertThat(runtime.effective(FaultyEnvironment.UNTIMED).maxRetries()).isEqualTo(3);
    assertThat(runtime.effective(other).maxRetries()).isEqualTo(3);
    assertThat(log.warnings())
        .containsExactly("The settings were not changed, since the new ones are invalid");
  }

  @Test
  void aRefreshWithoutSettingsIsRefused() {
    RetryRuntime runtime = environment.runtime();
    assertThatThrownBy(() -> runtime.refresh(maxRetries(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("RetryRuntime.builder().settings");
  }

  @Test
  void aMethodThatDoesNotExistIsNoticedWhenSettingsAreChecked() {
    RetryRuntime runtime = runtime(properties("llmretry.methods.cal.max", "5"));
    runtime.effective(FaultyEnvironment.UNTIMED);
    assertThatThrownBy(runtime::checkSettings)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("no retried method cal; did you mean call?");
  }

  @Test
  void aRefreshIsCheckedForUnknownMethodsOnceTheFirstSettingsWere() {
    RetryRuntime runtime = runtime(properties("llmretry.methods.call.max", "5"));
    runtime.effective(FaultyEnvironment.UNTIMED);
    PropertySettings unknown = properties("llmretry.methods.other.max", "6");
    runtime.refresh(unknown);
    runtime.refresh(properties("llmretry.methods.call.max", "5"));
    runtime.checkSettings();
    assertThatThrownBy(() -> runtime.refresh(unknown))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("no retried method other");
    assertThat(runtime.effective(FaultyEnvironment.UNTIMED).maxRetries()).isEqualTo(5);
  }

  @Test
  void aWrapperWithInvalidSettingsCannotBeCreated() {
    RetryRuntime runtime = runtime(properties("llmretry.methods.call.base-delay", "1m"));
    assertThatThrownBy(() -> WrapperRuntime.of(runtime, this, FaultyEnvironment.UNTIMED))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("LR003: ");
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void invalidSettingsThatWereNotCheckedAreLoggedAndNotApplied(RuntimeDriver driver) {
    RetryRuntime runtime = runtime(properties("llmretry.methods.call.base-delay", "1m"));
    CompletableFuture<String> call = call(driver, runtime, FaultyEnvironment.UNTIMED, 9);
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isEqualTo(3);
    assertThat(log.warnings()).containsExactly("The settings are not applied to call");
  }

  @Test
  void settingsCannotGiveAnUntimedMethodATimeLimit() {
    RetryRuntime runtime =
        runtime(compiled -> compiled.toBuilder().deadline(Duration.ofSeconds(1)).build());
    assertThatThrownBy(() -> runtime.effective(FaultyEnvironment.UNTIMED))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("Set deadlineMs or attemptTimeoutMs in its annotation");
    assertThat(runtime.effective(FaultyEnvironment.TIMED).deadline()).hasSeconds(1);
  }

  @Test
  void settingsReturnAVariantOfThePolicy() {
    RetryPolicy policy = RetryPolicy.builder("call").preamble(element -> true).build();
    List<RetrySettings> wrong =
        List.of(
            compiled -> null,
            compiled -> RetryPolicy.builder("other").preamble(element -> true).build(),
            compiled -> RetryPolicy.builder("call").build());
    for (RetrySettings settings : wrong) {
      RetryRuntime runtime = runtime(settings);
      assertThatThrownBy(() -> runtime.effective(policy))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("must return a variant of RetryPolicy[call");
    }
  }

  @Test
  void neitherAPolicyNorItsSettingsAreKeptByTheOther() {
    RetryRuntime runtime = runtime(maxRetries(3));
    var policy = new WeakReference<>(RetryPolicy.builder("temporary").build());
    runtime.effective(policy.get());
    RetryPolicy compiled = RetryPolicy.builder("compiled").build();
    var settings = new WeakReference<>(new Object());
    useOnce(compiled, settings);
    awaitCleared(policy);
    awaitCleared(settings);
    assertThat(runtime.policies()).isEmpty();
    assertThat(runtime(maxRetries(4)).effective(compiled).maxRetries()).isEqualTo(4);
  }

  private void useOnce(RetryPolicy compiled, WeakReference<Object> captured) {
    Object inSettings = captured.get();
    RetryRuntime temporary =
        runtime(each -> each.toBuilder().maxRetries(inSettings == null ? 1 : 2).build());
    assertThat(temporary.effective(compiled).maxRetries()).isEqualTo(2);
  }

  private static void awaitCleared(WeakReference<?> reference) {
    while (reference.get() != null) {
      System.gc();
    }
    assertThat(reference.get()).isNull();
  }

  @Test
  void aBlockingCallWithoutFailureDoesNotLookAtSettings() {
    RetryRuntime runtime =
        RetryRuntime.builder()
            .settings(
                compiled -> {
                  throw new AssertionError("applied");
                })
            .build();
    String result =
        Retry.call(runtime, RetryPolicy.builder("untimed").build(), null, attempt -> "ok");
    assertThat(result).isEqualTo("ok");
  }
}
