package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.internal.util.Log;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of delegates, for runtimes that were built from one another. Safe for use by
 * several threads.
 */
public final class Upstreams {

  /** So many delegates are likely to be created for each request. */
  private static final int MANY_DELEGATES = 1_000;

  private final BackoffClock clock;
  private final DoubleSupplier random;
  private final Map<Key, Upstream> byDelegate = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Creates an empty set of upstreams.
   *
   * @param clock the clock of the runtimes
   * @param random their random numbers
   */
  public Upstreams(BackoffClock clock, DoubleSupplier random) {
    this.clock = clock;
    this.random = random;
  }

  /** {@return whether the upstreams can be used with a clock} */
  public boolean isFor(BackoffClock other) {
    return clock == other;
  }

  /** {@return the upstream of an object} */
  public Upstream of(Object delegate) {
    for (var key = collected.poll(); key != null; key = collected.poll()) {
      byDelegate.remove(key);
    }
    Upstream known = byDelegate.get(new Key(delegate, null));
    if (known != null) {
      return known;
    }
    if (byDelegate.size() >= MANY_DELEGATES && warned.compareAndSet(false, true)) {
      Log.warning(
          "There are more than "
              + MANY_DELEGATES
              + " delegates, each with an upstream of its own. If they call the same provider, set"
              + " one in their runtime: RetryRuntime.builder().upstream(Upstream.of(\"name\"))");
    }
    return byDelegate.computeIfAbsent(
        new Key(delegate, collected),
        key ->
            delegate instanceof Class<?> type
                ? used(SharedUpstream.ofClass(type.getName()))
                : create(delegate.getClass().getName()));
  }

  private Upstream create(String name) {
    return used((SharedUpstream) Upstream.of(name));
  }

  private Upstream used(SharedUpstream created) {
    created.use(clock, random);
    return created;
  }

  /** An object, by identity. */
  private static final class Key extends WeakReference<Object> {

    private final int hash;

    Key(Object delegate, @Nullable ReferenceQueue<Object> queue) {
      super(delegate, queue);
      hash = System.identityHashCode(delegate);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object object = get();
      return object != null && other instanceof Key key && object == key.get();
    }
  }
}
