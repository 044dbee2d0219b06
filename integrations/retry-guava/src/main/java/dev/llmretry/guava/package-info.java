/** Retries of methods that return {@code ListenableFuture}. */
@NullMarked
package dev.llmretry.guava;

import org.jspecify.annotations.NullMarked;
