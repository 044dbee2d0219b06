package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.internal.future.PlainCall;

/**
 * A call of a method that returns a future, and takes neither a token nor an attempt.
 *
 * <p>It adds nothing to its supertype: generated code must refer to this package only, as the
 * {@code internal} packages may change in any release.
 *
 * @param <R> the future type
 */
@FunctionalInterface
public interface FutureCall<R> extends PlainCall<R> {}
