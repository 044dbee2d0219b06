/**
 * Shares upstreams among processes through Redis.
 *
 * <p>As everywhere, parameters and results are non-null unless annotated.
 */
@NullMarked
package dev.llmretry.redis;

import org.jspecify.annotations.NullMarked;
