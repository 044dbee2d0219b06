package dev.llmretry.processor.model;

/**
 * One value of an annotation.
 *
 * @param name the member's name
 * @param value the value, the default if none is written
 * @param at where it is written; the annotation if it is not
 */
public record Setting<T>(String name, T value, Position at) {}
