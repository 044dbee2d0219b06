/**
 * Retries of calls that return a {@link reactor.core.publisher.Mono} or a {@link
 * reactor.core.publisher.Flux}. Requires Reactor, which is not a transitive dependency.
 */
@NullMarked
package dev.llmretry.reactor;

import org.jspecify.annotations.NullMarked;
