package dev.llmretry.examples;

import dev.llmretry.examples.client.RateLimitException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the calls of many callers ended.
 *
 * @param answers how many were answered
 * @param refusals how many ended with the rate limit
 * @param otherEndings as {@link Outcome#ending}, of those that ended in another way
 * @param requests how many requests the provider received
 */
record CrowdOutcome(int answers, int refusals, Set<String> otherEndings, int requests) {

  private static final String REFUSAL = Outcome.endingOf(RateLimitException.class);

  static CrowdOutcome of(List<String> endings, int requests) {
    return new CrowdOutcome(
        Collections.frequency(endings, Outcome.ANSWER),
        Collections.frequency(endings, REFUSAL),
        endings.stream()
            .filter(ending -> !ending.equals(Outcome.ANSWER) && !ending.equals(REFUSAL))
            .collect(Collectors.toUnmodifiableSet()),
        requests);
  }
}
