/**
 * A demo: {@link dev.llmretry.examples.Demo} calls a provider that fails through a client whose
 * retries were generated. What to copy is in {@code client}.
 */
@NullMarked
package dev.llmretry.examples;

import org.jspecify.annotations.NullMarked;
