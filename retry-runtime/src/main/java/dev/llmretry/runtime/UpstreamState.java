package dev.llmretry.runtime;

import java.time.Duration;

/**
 * The state of an {@link Upstream} at one moment.
 *
 * @param closedFor the rest of the pause in which no attempt begins; zero if there is none
 * @param rate how many attempts per second may begin after that; infinite if there is no limit
 * @param waiting the number of calls that wait for their turn
 * @param held the number of calls whose retry waits for the retry budget, or that wait for a closed
 *     {@linkplain Routes route}
 * @param budget the lowest retry budget of the methods, and of the route if there is one, from 0
 *     (exhausted: retries are held, the route is closed) to 1 (full)
 */
public record UpstreamState(
    Duration closedFor, double rate, int waiting, int held, double budget) {}
