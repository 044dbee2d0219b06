package dev.llmretry.examples.client;

/**
 * How many tokens a call took.
 *
 * @param promptTokens those that were sent
 * @param completionTokens those that came back
 */
public record Usage(int promptTokens, int completionTokens) {}
