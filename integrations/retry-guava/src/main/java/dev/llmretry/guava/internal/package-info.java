/** Retries of futures with listeners; for this project's own artifacts, and not an API. */
@NullMarked
package dev.llmretry.guava.internal;

import org.jspecify.annotations.NullMarked;
