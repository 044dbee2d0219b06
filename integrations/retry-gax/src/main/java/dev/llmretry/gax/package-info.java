/** Retries of methods that return {@code ApiFuture}. */
@NullMarked
package dev.llmretry.gax;

import org.jspecify.annotations.NullMarked;
