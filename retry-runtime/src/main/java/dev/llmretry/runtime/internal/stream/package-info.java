/** Retries of calls that emit elements: publishers and callbacks. */
@NullMarked
package dev.llmretry.runtime.internal.stream;

import org.jspecify.annotations.NullMarked;
