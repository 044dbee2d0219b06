package dev.llmretry.benchmarks.callers.policies;

import dev.llmretry.LlmRetry;
import dev.llmretry.Routed;

/** Calls one of several clients. */
@Routed
@LlmRetry(attemptTimeoutMs = 2_000)
public interface RoutedChat extends Chat {}
