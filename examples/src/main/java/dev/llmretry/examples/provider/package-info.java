/**
 * A provider to try things on: a small HTTP server on this machine that speaks OpenAI's protocol
 * and fails on demand. Nothing that an application would copy.
 */
@NullMarked
package dev.llmretry.examples.provider;

import org.jspecify.annotations.NullMarked;
