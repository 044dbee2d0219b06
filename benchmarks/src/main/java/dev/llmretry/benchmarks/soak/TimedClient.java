package dev.llmretry.benchmarks.soak;

import dev.llmretry.Routed;

/** Retries as {@link Plan#PLAIN} does with time limits, on one route or several. */
@Routed
@InTime
interface TimedClient extends SoakClient {}
