package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A token that counts what is registered with it. */
final class CountedToken implements CancellationToken {

  private final CancellationToken token;
  private final LongAdder registered = new LongAdder();

  CountedToken(CancellationToken token) {
    this.token = token;
  }

  long registered() {
    return registered.sum();
  }

  @Override
  public boolean isCancelled() {
    return token.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    Registration registration = token.onCancel(action);
    registered.increment();
    var open = new AtomicBoolean(true);
    return () -> {
      registration.close();
      if (open.compareAndSet(true, false)) {
        registered.decrement();
      }
    };
  }
}
