/**
 * What an application would have: an interface for its LLM clients with retries asked for by
 * annotation, its data, its errors, and an implementation on {@code java.net.http}.
 */
@NullMarked
package dev.llmretry.examples.client;

import org.jspecify.annotations.NullMarked;
