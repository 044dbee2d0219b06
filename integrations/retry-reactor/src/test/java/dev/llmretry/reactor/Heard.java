package dev.llmretry.reactor;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener hears. */
final class Heard implements RetryListener {

  private final List<String> events = new CopyOnWriteArrayList<>();

  List<String> events() {
    return events;
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt attempt) {
    events.add("retry " + attempt.number() + " after " + attempt.delay().toMillis() + " ms");
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
