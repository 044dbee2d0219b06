/**
 * For stores through which processes share what they know about a provider; see {@link
 * dev.llmretry.runtime.upstream.UpstreamStore}. Applications that use such a store need nothing of
 * it.
 *
 * <p>As everywhere, parameters and results are non-null unless annotated.
 */
@NullMarked
package dev.llmretry.runtime.upstream;

import org.jspecify.annotations.NullMarked;
