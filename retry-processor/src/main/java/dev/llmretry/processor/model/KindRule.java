package dev.llmretry.processor.model;

/**
 * A failure kind in {@code retryOnKinds} or {@code abortOnKinds}.
 *
 * @param name the constant's name
 * @param at where it is written
 */
public record KindRule(String name, Position at) {}
