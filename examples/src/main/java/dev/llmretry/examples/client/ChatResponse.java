package dev.llmretry.examples.client;

/**
 * The answer to a {@link ChatRequest}.
 *
 * @param message what the model says
 * @param usage what it cost
 * @param finishReason why the model stopped
 */
public record ChatResponse(Message message, Usage usage, FinishReason finishReason) {}
