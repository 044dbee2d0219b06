/**
 * The annotation {@link dev.llmretry.LlmRetry} with its settings, and the interfaces {@link
 * dev.llmretry.LlmFailure} and {@link dev.llmretry.HttpFailure}, by which exceptions classify
 * themselves.
 */
@NullMarked
package dev.llmretry;

import org.jspecify.annotations.NullMarked;
