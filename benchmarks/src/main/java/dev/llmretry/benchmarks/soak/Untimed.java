package dev.llmretry.benchmarks.soak;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;

/** Retries as {@link Plan#PLAIN} does without time limits. */
@LlmRetry(
    max = Settings.MAX,
    baseDelayMs = Settings.BASE_DELAY_MS,
    maxDelayMs = Settings.MAX_DELAY_MS,
    maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
    stream = StreamRetry.UNTIL_FIRST_ELEMENT)
@interface Untimed {}
