package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.internal.time.Durations;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls that block their thread, in order of arrival. Decides when to warn that many
 * platform threads are blocked, since a server may run out of them.
 *
 * <p>Times are in nanoseconds of one clock. Not thread-safe.
 */
final class BlockedThreads {

  private static final int MANY_THREADS = 50;
  private static final long LONG_NANOS = 10_000_000_000L;

  private final Set<BlockingWaiter> calls = new LinkedHashSet<>();

  /** Whether warning is disabled, or has been done. */
  private boolean quiet;

  private int platformThreads;
  private boolean many;
  private long manySince;

  /**
   * Creates an empty set.
   *
   * @param quiet whether never to warn
   */
  BlockedThreads(boolean quiet) {
    this.quiet = quiet;
  }

  void add(BlockingWaiter call) {
    if (calls.add(call) && call.blocksPlatformThread()) {
      platformThreads++;
    }
  }

  void remove(BlockingWaiter call) {
    if (calls.remove(call) && call.blocksPlatformThread()) {
      platformThreads--;
    }
  }

  @Nullable BlockingWaiter first() {
    return calls.isEmpty() ? null : calls.iterator().next();
  }

  /** Returns whether to warn now; true only once. To be called after each change. */
  boolean shouldWarn(long now) {
    boolean wereMany = many;
    many = platformThreads >= MANY_THREADS;
    if (many && !wereMany) {
      manySince = now;
    }
    if (untilWarning(now) > 0) {
      return false;
    }
    quiet = true;
    return true;
  }

  /** Returns the time until {@link #shouldWarn} returns true if nothing changes. */
  long untilWarning(long now) {
    return quiet || !many ? Durations.UNLIMITED : Math.max(0, manySince + LONG_NANOS - now);
  }
}
