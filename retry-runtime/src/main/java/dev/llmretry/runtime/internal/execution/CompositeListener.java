package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.internal.util.Log;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notifies several listeners. If one throws, the others are notified nevertheless. */
public final class CompositeListener implements RetryListener {

  private final List<RetryListener> listeners;

  private CompositeListener(List<RetryListener> listeners) {
    this.listeners = listeners;
  }

  /** Returns a listener that notifies all of them in order; null if there are none. */
  public static @Nullable RetryListener of(List<RetryListener> listeners) {
    return switch (listeners.size()) {
      case 0 -> null;
      case 1 -> listeners.get(0);
      default -> new CompositeListener(List.copyOf(listeners));
    };
  }

  @Override
  public void onWaited(RetryEvent event, WaitCause cause, Duration time) {
    notifyAll(listener -> listener.onWaited(event, cause, time));
  }

  @Override
  public void onAttemptStarted(RetryEvent event) {
    notifyAll(listener -> listener.onAttemptStarted(event));
  }

  @Override
  public void onAttemptEnded(RetryEvent event, @Nullable FailedAttempt failed) {
    notifyAll(listener -> listener.onAttemptEnded(event, failed));
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt failed) {
    notifyAll(listener -> listener.onRetry(event, failed));
  }

  @Override
  public void onSuccess(RetryEvent event) {
    notifyAll(listener -> listener.onSuccess(event));
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    notifyAll(listener -> listener.onGiveUp(event, report, thrown));
  }

  private void notifyAll(Consumer<RetryListener> event) {
    for (RetryListener listener : listeners) {
      notify(listener, event);
    }
  }

  /** Notifies a listener, if there is one; its exceptions are logged. */
  static void notify(@Nullable RetryListener listener, Consumer<RetryListener> event) {
    if (listener != null) {
      try {
        event.accept(listener);
      } catch (Throwable e) {
        Log.warning("A retry listener failed; the call goes on", e);
      }
    }
  }
}
