/**
 * Retries of calls that return a {@link reactor.core.publisher.Mono} or a {@link
 * reactor.core.publisher.Flux}. Needs Reactor, which is not brought along.
 */
@NullMarked
package dev.llmretry.reactor;

import org.jspecify.annotations.NullMarked;
