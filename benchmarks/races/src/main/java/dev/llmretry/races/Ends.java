package dev.llmretry.races;

import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a call is said to have ended. */
final class Ends implements RetryListener {

  private final AtomicInteger count = new AtomicInteger();

  int count() {
    return count.get();
  }

  @Override
  public void onSuccess(RetryEvent event) {
    count.incrementAndGet();
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    count.incrementAndGet();
  }
}
