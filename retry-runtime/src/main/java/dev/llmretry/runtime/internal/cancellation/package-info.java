/** Implementations of cancellation tokens. */
@NullMarked
package dev.llmretry.runtime.internal.cancellation;

import org.jspecify.annotations.NullMarked;
