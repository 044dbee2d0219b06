package dev.llmretry.examples.client;

/**
 * What a provider can do; those that speak OpenAI's protocol do not all do the same.
 *
 * @param tools whether the model may call tools
 * @param embeddings whether it makes embeddings
 */
public record Capabilities(boolean tools, boolean embeddings) {}
