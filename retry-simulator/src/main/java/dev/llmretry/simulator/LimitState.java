package dev.llmretry.simulator;

/** What a provider has counted for one limit. Times are in seconds since the simulation began. */
interface LimitState {

  /** Returns whether the limit admits a request. */
  boolean admits(double now, double tokens);

  /** Counts a request that was accepted. */
  void accept(double now, double tokens);

  /** Counts a request that was refused, if the provider counts these. */
  void countRefusal(double now, double tokens);

  /** A request that was accepted has ended. */
  default void release() {}

  /** Returns the seconds until a refused request would be admitted; NaN if that is unknown. */
  double secondsUntilAdmitted(double now, double tokens);

  /** Changes the capacity to a multiple of that at the start. */
  void setCapacity(double now, double factor);
}
