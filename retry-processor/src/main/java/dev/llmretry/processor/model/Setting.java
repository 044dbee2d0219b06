package dev.llmretry.processor.model;

/**
 * A value of an annotation.
 *
 * @param name the name of the member
 * @param value the value, or the default
 * @param at the position of the value; that of the annotation if it is the default
 */
public record Setting<T>(String name, T value, Position at) {}
