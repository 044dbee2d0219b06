package dev.llmretry.processor.model;

/**
 * An annotation type on which {@code @LlmRetry} stands.
 *
 * @param name its simple name
 * @param retention its retention: {@code SOURCE}, {@code CLASS} or {@code RUNTIME}
 * @param policy the settings it stands for
 * @param at where it stands
 */
public record ComposedAnnotation(String name, String retention, Policy policy, Position at) {}
