/**
 * What a client's source code names: {@link dev.llmretry.LlmRetry} and its settings, and the
 * interfaces {@link dev.llmretry.LlmFailure} and {@link dev.llmretry.HttpFailure} for its
 * exceptions.
 */
@NullMarked
package dev.llmretry;

import org.jspecify.annotations.NullMarked;
