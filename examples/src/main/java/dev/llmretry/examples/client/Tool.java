package dev.llmretry.examples.client;

/**
 * Something that a model may have called.
 *
 * @param name what the model calls it
 * @param description what it is for
 * @param parameters its parameters, as a JSON schema
 */
public record Tool(String name, String description, String parameters) {}
