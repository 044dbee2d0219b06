package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.internal.future.PlainCall;

/**
 * A call of a method that returns a future, and takes neither a token nor an attempt.
 *
 * @param <R> the future
 */
@FunctionalInterface
public interface FutureCall<R> extends PlainCall<R> {}
