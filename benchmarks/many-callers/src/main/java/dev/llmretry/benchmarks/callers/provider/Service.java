package dev.llmretry.benchmarks.callers.provider;

/** Decides how a provider responds. Called by one thread at a time, in the order of time. */
public interface Service {

  /**
   * Returns the response to a request.
   *
   * @param now when it arrives, in seconds since the provider started
   */
  Reply reply(double now);
}
