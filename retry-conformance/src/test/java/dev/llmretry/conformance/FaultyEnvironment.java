package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The environment of one call, a part of which a test replaces by a faulty one; it checks that the
 * call ends once and leaves nothing.
 */
class FaultyEnvironment extends ForwardingClock implements RetryListener {

  static final RetryPolicy UNTIMED =
      RetryPolicy.builder("call").maxRetries(2).baseDelay(Duration.ofMillis(100)).build();

  static final RetryPolicy TIMED =
      RetryPolicy.builder("call")
          .maxRetries(2)
          .attemptTimeout(Duration.ofSeconds(1))
          .deadline(Duration.ofSeconds(10))
          .build();

  final VirtualBackoffClock time;
  final CancellationSource source = new CancellationSource();
  final ObservedToken token = new ObservedToken(source.token());
  final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
  final List<String> ends = new ArrayList<>();
  Executor executor = Runnable::run;
  int attempts;

  FaultyEnvironment() {
    this(VirtualBackoffClock.autoAdvancing());
  }

  private FaultyEnvironment(VirtualBackoffClock time) {
    super(time);
    this.time = time;
  }

  RetryRuntime runtime() {
    return RetryRuntime.builder()
        .clock(this)
        .listener(this)
        .executor(work -> executor.execute(work))
        .build();
  }

  /** Returns a call that fails that many times, then returns {@code ok}. */
  Retry.Call<String, Exception> failing(int times) {
    return attempt -> {
      if (++attempts <= times) {
        throw overloaded;
      }
      return "ok";
    };
  }

  /** Makes a call that fails that many times. */
  CompletableFuture<String> call(RuntimeDriver driver, RetryPolicy policy, int failures) {
    return driver.call(runtime(), policy, token, failing(failures));
  }

  /** Advances time until {@code call} is done; returns its error, or null. */
  Throwable errorOf(CompletableFuture<String> call) {
    time.advanceUntil(call::isDone);
    Throwable error = call.<Throwable>handle((result, failure) -> failure).join();
    return Delegate.unwrap(error);
  }

  void checkOneEndAndNothingLeft() {
    assertThat(ends).as("ends").hasSize(1);
    assertThat(time.scheduledCount()).as("timers left").isZero();
    assertThat(token.registered()).as("registrations left").isZero();
  }

  @Override
  public void onSuccess(RetryEvent event) {
    ends.add("success " + event.attempt());
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    ends.add("give up " + report.attempts() + " " + report.reason());
  }
}
