package dev.llmretry.simulator;

import java.util.random.RandomGenerator;

/**
 * A log-normal distribution.
 *
 * @param mean the mean, in any unit
 * @param sigma the standard deviation of the logarithm; 0 for a constant
 */
record LogNormal(double mean, double sigma) {

  LogNormal {
    if (!(mean > 0) || Double.isInfinite(mean)) {
      throw new IllegalArgumentException("mean is " + mean + "; it must be positive and finite");
    }
    if (!(sigma >= 0) || sigma > 3) {
      throw new IllegalArgumentException("sigma is " + sigma + "; from 0 to 3 are possible");
    }
  }

  /** {@code StrictMath}, so that all platforms simulate the same. */
  double sample(RandomGenerator random) {
    return sigma == 0
        ? mean
        : mean * StrictMath.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
  }
}
