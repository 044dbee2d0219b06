package dev.llmretry.simulator;

/**
 * The rate limiter of the AWS SDKs' adaptive mode: a token bucket whose rate falls by 30 % when a
 * request is throttled, and then grows by the CUBIC function. With the constants of the SDKs.
 */
final class AwsRateLimiter {

  private static final double BETA = 0.7;
  private static final double SCALE = 0.4;
  private static final double SMOOTH = 0.8;
  private static final double MIN_FILL_RATE = 0.5;
  private static final double MIN_CAPACITY = 1;

  /** So that there is a token when a request comes back at the time at which it was told to. */
  private static final double ROUNDING = 1e-6;

  private boolean enabled;
  private double fillRate;
  private double maxCapacity;
  private double capacity;
  private double filledAt;
  private double measuredRate;
  private double rateBucket;
  private int requests;
  private double lastMaxRate;
  private double lastThrottle;
  private double timeWindow;

  /** Takes a token if there is one, and returns 0; else returns the seconds until there is one. */
  double acquire(double now) {
    if (!enabled) {
      return 0;
    }
    fill(now);
    if (capacity >= 1 - ROUNDING) {
      capacity -= 1;
      return 0;
    }
    return (1 - capacity) / fillRate;
  }

  private void fill(double now) {
    capacity = Math.min(maxCapacity, capacity + (now - filledAt) * fillRate);
    filledAt = now;
  }

  /** Adjusts the rate after a response. */
  void onResponse(double now, boolean throttled) {
    measure(now);
    double rate;
    if (throttled) {
      double used = enabled ? Math.min(measuredRate, fillRate) : measuredRate;
      lastMaxRate = used;
      timeWindow = window();
      lastThrottle = now;
      rate = used * BETA;
      enabled = true;
    } else {
      timeWindow = window();
      double since = now - lastThrottle - timeWindow;
      rate = SCALE * since * since * since + lastMaxRate;
    }
    setRate(now, Math.min(rate, 2 * measuredRate));
  }

  private double window() {
    return StrictMath.cbrt(lastMaxRate * (1 - BETA) / SCALE);
  }

  private void measure(double now) {
    double bucket = Math.floor(now * 2) / 2;
    requests++;
    if (bucket > rateBucket) {
      double current = requests / (bucket - rateBucket);
      measuredRate = current * SMOOTH + measuredRate * (1 - SMOOTH);
      requests = 0;
      rateBucket = bucket;
    }
  }

  private void setRate(double now, double rate) {
    fill(now);
    fillRate = Math.max(rate, MIN_FILL_RATE);
    maxCapacity = Math.max(rate, MIN_CAPACITY);
    capacity = Math.min(capacity, maxCapacity);
  }
}
