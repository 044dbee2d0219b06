/**
 * Checks of the results of provider SDKs, to be named as {@code check} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}: they recognise what providers report with HTTP 200. All are
 * stateless. A result is rejected with the kind
 *
 * <ul>
 *   <li>{@link dev.llmretry.FailureKind#CONTENT_FILTERED} if the model or a filter has refused,
 *       with or without a partial answer: not retried by default, as the same model refuses again;
 *   <li>{@link dev.llmretry.FailureKind#CONTEXT_LENGTH} if it is empty because a limit of tokens
 *       was reached, as while the model was thinking: not retried by default, as the next answer
 *       meets the same limit;
 *   <li>{@link dev.llmretry.FailureKind#INVALID_OUTPUT} if it is empty without such a reason, or if
 *       the model has generated no valid tool call: retried;
 *   <li>of the error that it contains, by the rules for exceptions.
 * </ul>
 *
 * <p>An answer is empty if it has neither text, apart from white space, nor a tool call, nor any
 * other content; reasoning is none. One with several alternatives is rejected if all of them are.
 * An answer that was cut off is accepted, and so is what a check does not know.
 */
@NullMarked
package dev.llmretry.providers.check;

import org.jspecify.annotations.NullMarked;
