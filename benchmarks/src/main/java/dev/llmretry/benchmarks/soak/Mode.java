package dev.llmretry.benchmarks.soak;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the calls of a {@link Scene} have in common. */
enum Mode {
  /** Nothing is shared: each call is judged by what happens to it alone. */
  ALONE(Plan.PLAIN, Sharing.NONE, new Fault.Odds(1_000, 1_000, 100, 200, 100, 0)),
  CHECKED(Plan.CHECKED, Sharing.NONE, new Fault.Odds(500, 500, 100, 100, 100, 1_500)),
  HEDGED(Plan.HEDGED, Sharing.NONE, new Fault.Odds(500, 500, 50, 100, 200, 500)),
  /** Nothing is shared, and the settings change while calls run. */
  RELOADED(Plan.PLAIN, Sharing.NONE, new Fault.Odds(2_000, 1_000, 100, 200, 100, 0)),
  SHARED(Plan.PLAIN, Sharing.UPSTREAM, new Fault.Odds(800, 8, 1, 100, 50, 0)),
  PER_DELEGATE(Plan.CHECKED, Sharing.DELEGATE, new Fault.Odds(500, 4, 1, 100, 50, 500)),
  HEDGED_SHARED(Plan.HEDGED, Sharing.UPSTREAM, new Fault.Odds(300, 4, 1, 100, 50, 200)),
  ROUTED(Plan.PLAIN, Sharing.ROUTES, new Fault.Odds(800, 30, 4, 4, 50, 0));

  /** What calls share. */
  enum Sharing {
    NONE,
    /** An upstream, which is that of the runtime. */
    UPSTREAM,
    /** The upstream of the object that wrappers delegate to. */
    DELEGATE,
    /** Two routes, each with an upstream. */
    ROUTES
  }

  private final Plan plan;
  private final Sharing sharing;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Fault.Odds odds;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
  private final List<Way> ways;

  Mode(Plan plan, Sharing sharing, Fault.Odds odds) {
    this.plan = plan;
    this.sharing = sharing;
    this.odds = odds;
    Set<Way> possible = EnumSet.copyOf(plan.ways());
    switch (sharing) {
      case DELEGATE -> possible.removeAll(EnumSet.of(Way.RETRY_CALL, Way.WOVEN, Way.CALLBACK));
      case ROUTES -> possible.remove(Way.WOVEN);
      default -> {}
    }
    this.ways = List.copyOf(possible);
  }

  Plan plan() {
    return plan;
  }

  Sharing sharing() {
    return sharing;
  }

  Fault.Odds odds() {
    return odds;
  }

  List<Way> ways() {
    return ways;
  }

  boolean isShared() {
    return sharing != Sharing.NONE;
  }

  boolean isHedged() {
    return plan == Plan.HEDGED;
  }

  int routes() {
    return sharing == Sharing.ROUTES ? 2 : 1;
  }
}
