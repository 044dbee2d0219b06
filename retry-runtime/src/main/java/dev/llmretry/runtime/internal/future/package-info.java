/** Retries of calls that return completion stages. */
@NullMarked
package dev.llmretry.runtime.internal.future;

import org.jspecify.annotations.NullMarked;
