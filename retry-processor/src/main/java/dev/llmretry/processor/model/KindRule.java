package dev.llmretry.processor.model;

/**
 * A failure kind in {@code retryOnKinds}, {@code abortOnKinds} or {@code fallbackOnKinds}.
 *
 * @param name the name of the constant
 * @param at its position
 */
public record KindRule(String name, Position at) {}
