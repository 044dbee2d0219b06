package dev.llmretry.benchmarks.soak;

import dev.llmretry.Routed;

/** Retries as {@link Plan#PLAIN} does without time limits, on one route or several. */
@Routed
@Untimed
@SuppressWarnings("LR057") // the provider responds
interface PlainClient extends SoakClient {}
