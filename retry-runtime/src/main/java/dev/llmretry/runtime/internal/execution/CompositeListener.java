package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.internal.util.Log;
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
  public void onRetry(String method, FailedAttempt attempt) {
    notifyAll(listener -> listener.onRetry(method, attempt));
  }

  @Override
  public void onSuccess(String method, int attempts) {
    notifyAll(listener -> listener.onSuccess(method, attempts));
  }

  @Override
  public void onGiveUp(RetryReport report, Throwable thrown) {
    notifyAll(listener -> listener.onGiveUp(report, thrown));
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
