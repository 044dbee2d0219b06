package dev.llmretry.rxjava3;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.atomic.AtomicLong;

/** What subscribers ask for. */
final class Demand {

  private Demand() {}

  /**
   * Adds to a demand, which stops at {@link Long#MAX_VALUE}; returns false if {@code n} is none.
   */
  static boolean add(AtomicLong demand, long n) {
    if (n <= 0) {
      RxJavaPlugins.onError(new IllegalArgumentException("n > 0 required but it was " + n));
      return false;
    }
    demand.accumulateAndGet(n, (some, more) -> some + more < 0 ? Long.MAX_VALUE : some + more);
    return true;
  }
}
