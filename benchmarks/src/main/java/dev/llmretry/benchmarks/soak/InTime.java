package dev.llmretry.benchmarks.soak;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;

/** Retries as {@link Plan#PLAIN} does with time limits. */
@LlmRetry(
    max = Settings.MAX,
    baseDelayMs = Settings.BASE_DELAY_MS,
    maxDelayMs = Settings.MAX_DELAY_MS,
    maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
    attemptTimeoutMs = Settings.ATTEMPT_TIMEOUT_MS,
    deadlineMs = Settings.DEADLINE_MS,
    stream = StreamRetry.UNTIL_FIRST_ELEMENT)
@interface InTime {}
