/** Retries of calls that block no thread: futures, publishers and callbacks. */
@NullMarked
package dev.llmretry.runtime.async;

import org.jspecify.annotations.NullMarked;
