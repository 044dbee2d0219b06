package dev.llmretry.examples.client;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer, as it arrives.
 *
 * @param role who speaks; only the first piece says it
 * @param content more of the text; empty if there is none
 * @param finishReason why the model stopped; null until it has
 */
public record ChatChunk(@Nullable Role role, String content, @Nullable FinishReason finishReason) {}
