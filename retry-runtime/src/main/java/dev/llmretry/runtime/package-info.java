/**
 * The API of the runtime: {@link dev.llmretry.runtime.CancellationToken}, {@link
 * dev.llmretry.runtime.RetryRuntime} with its clock and listeners, and {@link
 * dev.llmretry.runtime.Retry}, {@link dev.llmretry.runtime.AsyncRetry}, {@link
 * dev.llmretry.runtime.PublisherRetry} and {@link dev.llmretry.runtime.CallbackRetry} for calls
 * without a wrapper.
 */
@NullMarked
package dev.llmretry.runtime;

import org.jspecify.annotations.NullMarked;
