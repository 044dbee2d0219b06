package dev.llmretry.examples.client;

/**
 * A model's wish to have a tool called.
 *
 * @param id by which the result refers to it
 * @param name which tool
 * @param arguments a JSON object
 */
public record ToolCall(String id, String name, String arguments) {}
