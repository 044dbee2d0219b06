package dev.llmretry.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * A returned stream whose elements the caller pulls.
 *
 * @param source what the elements are read from
 * @param handle the closeable object that wraps the stream, if the method does not return the
 *     stream itself
 */
public record PullSource(ElementSource source, @Nullable StreamHandle handle) {}
