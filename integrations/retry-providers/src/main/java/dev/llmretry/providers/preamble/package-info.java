/**
 * Predicates for the streams of provider SDKs, to be named as {@code preamble} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}: they recognise what an SDK emits before the content of an
 * answer, so that a stream that fails until then is retried. All are stateless.
 */
@NullMarked
package dev.llmretry.providers.preamble;

import org.jspecify.annotations.NullMarked;
