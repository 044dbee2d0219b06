package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What surrounds a retried call in a test; nothing may be left of it, nor go unheard. */
final class Surroundings implements BeforeEachCallback, AfterEachCallback, RetryListener {

  final TestScheduler scheduler = new TestScheduler();
  final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  final CancellationSource source = new CancellationSource();
  final ObservedToken token = new ObservedToken(source.token());
  final CancellationSource applicationSource = new CancellationSource();
  final ObservedToken application = new ObservedToken(applicationSource.token());
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Throwable> unheard = new CopyOnWriteArrayList<>();
  final AtomicInteger calls = new AtomicInteger();

  /** The runtime whose waits are RxJava's. */
  final RetryRuntime runtime = RetryRuntime.builder().token(application).listener(this).build();

  /** The runtime that has a clock of its own. */
  final RetryRuntime clocked =
      RetryRuntime.builder()
          .token(application)
          .listener(this)
          .clock(clock)
          .executor(Runnable::run)
          .build();

  void advance(long millis) {
    scheduler.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    clock.advance(Duration.ofMillis(millis));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    RxJavaPlugins.setComputationSchedulerHandler(original -> scheduler);
    RxJavaPlugins.setErrorHandler(unheard::add);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    RxJavaPlugins.reset();
    assertThat(unheard).as("errors that nobody heard").isEmpty();
    checkNothingIsLeft();
  }

  void checkNothingIsLeft() {
    assertThat(token.registered()).as("registrations left").isZero();
    assertThat(application.registered()).as("registrations left").isZero();
    assertThat(clock.scheduledCount()).as("timers left").isZero();
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt attempt) {
    events.add("retry " + attempt.number() + " " + attempt.failure().kind());
  }

  @Override
  public void onSuccess(RetryEvent event) {
    events.add("success " + event.attempt());
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    events.add("give up " + report.attempts() + " " + report.reason());
  }
}
