/** A client with retries, to be linked into a run-time image. */
package dev.llmretry.examples.modular;
