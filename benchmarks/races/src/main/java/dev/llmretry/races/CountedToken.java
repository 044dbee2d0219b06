package dev.llmretry.races;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.util.concurrent.atomic.AtomicInteger;

/** A token that counts its registrations. */
final class CountedToken implements CancellationToken {

  private final CancellationSource source = new CancellationSource();
  private final AtomicInteger registered = new AtomicInteger();

  void cancel() {
    source.cancel();
  }

  int registered() {
    return registered.get();
  }

  @Override
  public boolean isCancelled() {
    return source.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    registered.incrementAndGet();
    Registration registration = source.token().onCancel(action);
    var open = new AtomicInteger(1);
    return () -> {
      registration.close();
      registered.addAndGet(-open.getAndSet(0));
    };
  }
}
