package dev.llmretry.conformance;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.util.concurrent.atomic.AtomicInteger;

/** A token that counts its registrations. */
public final class ObservedToken implements CancellationToken {

  private final CancellationToken token;
  private final AtomicInteger registered = new AtomicInteger();

  public ObservedToken(CancellationToken token) {
    this.token = token;
  }

  /** Returns how many registrations have not been closed. */
  public int registered() {
    return registered.get();
  }

  @Override
  public boolean isCancelled() {
    return token.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    Registration registration = token.onCancel(action);
    registered.incrementAndGet();
    AtomicInteger open = new AtomicInteger(1);
    return () -> {
      registration.close();
      registered.addAndGet(-open.getAndSet(0));
    };
  }
}
