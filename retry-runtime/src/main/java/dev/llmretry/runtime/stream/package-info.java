/** Streams that are retried until their first element, by the thread that reads them. */
@NullMarked
package dev.llmretry.runtime.stream;

import org.jspecify.annotations.NullMarked;
