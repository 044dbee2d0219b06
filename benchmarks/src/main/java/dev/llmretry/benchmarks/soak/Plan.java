package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.EnumSet;
import java.util.Set;

/** The settings of calls, each without and with time limits, and their generated wrappers. */
@SuppressWarnings("ImmutableEnumChecker") // policies and functions have no state
enum Plan {
  PLAIN(
      EnumSet.allOf(Way.class),
      Settings.untimed("plain"),
      RetryingPlainClient::new,
      RetryingTimedClient::new),
  /** Results are checked. */
  CHECKED(
      EnumSet.complementOf(EnumSet.of(Way.WOVEN)),
      Settings.untimed("checked").check(new Answer.Check()),
      RetryingCheckedClient::new,
      RetryingCheckedTimedClient::new),
  /** Slow attempts are hedged, and results are checked. */
  HEDGED(
      EnumSet.of(Way.FUTURE, Way.PUBLISHER, Way.CALLBACK),
      Settings.untimed("hedged").check(new Answer.Check()).hedgeAfter(Settings.HEDGE_AFTER),
      RetryingHedgedClient::new,
      RetryingHedgedTimedClient::new);

  private final Set<Way> ways;
  private final RetryPolicy untimed;
  private final RetryPolicy timed;
  private final Wrapper untimedWrapper;
  private final Wrapper timedWrapper;

  Plan(Set<Way> ways, RetryPolicy.Builder settings, Wrapper untimedWrapper, Wrapper timedWrapper) {
    this.ways = ways;
    this.untimed = settings.build();
    this.timed = Settings.timed(untimed);
    this.untimedWrapper = untimedWrapper;
    this.timedWrapper = timedWrapper;
  }

  /** Returns in which ways such calls can be made. */
  Set<Way> ways() {
    return ways;
  }

  RetryPolicy policy(boolean isTimed) {
    return isTimed ? timed : untimed;
  }

  SoakClient wrap(SoakClient delegate, RetryRuntime runtime, boolean isTimed) {
    return (isTimed ? timedWrapper : untimedWrapper).wrap(delegate, runtime);
  }

  @FunctionalInterface
  private interface Wrapper {
    SoakClient wrap(SoakClient delegate, RetryRuntime runtime);
  }
}
