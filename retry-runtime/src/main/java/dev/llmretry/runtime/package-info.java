/**
 * What retrying wrappers call at run time, and what a client's code passes to them: the {@link
 * dev.llmretry.runtime.CancellationToken}, the {@link dev.llmretry.runtime.RetryRuntime} with its
 * clock and listener, and {@link dev.llmretry.runtime.Retry} for calls without a wrapper.
 *
 * <p>One decision, many drivers: {@link dev.llmretry.runtime.internal.execution.RetryDecision}
 * decides whether and when the next attempt is made; all that differs between kinds of methods is
 * how they call and how they wait.
 */
@NullMarked
package dev.llmretry.runtime;

import org.jspecify.annotations.NullMarked;
