package dev.llmretry.simulator;

import static dev.llmretry.simulator.Checks.positive;
import static dev.llmretry.simulator.Checks.share;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The calls of an application: how many, when, and from where. Immutable. */
public final class Load {

  private final int callers;
  private final int calls;
  private final double perSecond;
  private final int processes;
  private final @Nullable Duration deadline;
  private final @Nullable Duration attemptTimeout;
  private final @Nullable LogNormal tokens;
  private final double brokenShare;

  private Load(
      int callers,
      int calls,
      double perSecond,
      int processes,
      @Nullable Duration deadline,
      @Nullable Duration attemptTimeout,
      @Nullable LogNormal tokens,
      double brokenShare) {
    this.callers = callers;
    this.calls = calls;
    this.perSecond = perSecond;
    this.processes = processes;
    this.deadline = deadline;
    this.attemptTimeout = attemptTimeout;
    this.tokens = tokens;
    this.brokenShare = brokenShare;
  }

  /**
   * {@return a load of callers that make one call after the other (a closed loop), as the workers
   * of a batch do}
   *
   * @param callers the number of callers; they begin together
   * @param calls the number of calls in all
   */
  public static Load closed(int callers, int calls) {
    return new Load(
        positive("callers", callers), positive("calls", calls), 0, 1, null, null, null, 0);
  }

  /**
   * {@return a load of calls that begin at random times, independently of one another and of how
   * earlier ones end (an open loop with Poisson arrivals), as the requests of a server's users do}
   *
   * @param perSecond the mean rate of calls
   * @param duration how long calls begin
   */
  public static Load open(double perSecond, Duration duration) {
    double calls = positive("perSecond", perSecond) * positive("duration", duration);
    return new Load(
        0, positive("calls", (int) Math.round(calls)), perSecond, 1, null, null, null, 0);
  }

  /**
   * {@return this load, distributed evenly over processes} They know nothing of one another, except
   * with {@link Strategy#sharedByProcesses}.
   *
   * @param count the number of processes; each has a runtime of its own
   */
  public Load processes(int count) {
    return new Load(
        callers,
        calls,
        perSecond,
        positive("processes", count),
        deadline,
        attemptTimeout,
        tokens,
        brokenShare);
  }

  /**
   * {@return this load with a deadline for each call} It replaces that of the policy.
   *
   * @param time the deadline of a call
   */
  public Load deadline(Duration time) {
    positive("deadline", time);
    return new Load(
        callers, calls, perSecond, processes, time, attemptTimeout, tokens, brokenShare);
  }

  /**
   * {@return this load with a time limit for each attempt} It replaces that of the policy.
   *
   * @param time the time-out of an attempt
   */
  public Load attemptTimeout(Duration time) {
    positive("attemptTimeout", time);
    return new Load(callers, calls, perSecond, processes, deadline, time, tokens, brokenShare);
  }

  /**
   * {@return this load with a log-normal distribution of the tokens of requests} All attempts of a
   * call have the same.
   *
   * @param mean the mean
   * @param sigma the standard deviation of the logarithm, from 0 (constant) to 3
   */
  public Load tokens(double mean, double sigma) {
    return new Load(
        callers,
        calls,
        perSecond,
        processes,
        deadline,
        attemptTimeout,
        new LogNormal(mean, sigma),
        brokenShare);
  }

  /**
   * {@return this load, with a share of calls of another method, which always fails with HTTP 500}
   * They are not among the calls that results count.
   *
   * @param share from 0 to 1
   */
  public Load brokenMethod(double share) {
    return new Load(
        callers,
        calls,
        perSecond,
        processes,
        deadline,
        attemptTimeout,
        tokens,
        share("share", share));
  }

  boolean isOpen() {
    return perSecond > 0;
  }

  int callers() {
    return callers;
  }

  int calls() {
    return calls;
  }

  double perSecond() {
    return perSecond;
  }

  int processes() {
    return processes;
  }

  @Nullable Duration deadline() {
    return deadline;
  }

  @Nullable Duration attemptTimeout() {
    return attemptTimeout;
  }

  @Nullable LogNormal tokens() {
    return tokens;
  }

  double brokenShare() {
    return brokenShare;
  }
}
