package dev.llmretry.providertests;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.classification.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the attempts' failures were taken for. */
final class Failures implements RetryListener {

  private final List<Failure> seen = new CopyOnWriteArrayList<>();

  List<Failure> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt attempt) {
    seen.add(attempt.failure());
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    seen.add(report.failures().get(report.failures().size() - 1).failure());
  }
}
