/**
 * Millions of calls in which everything that can happen does, at random and at once. {@link
 * dev.llmretry.benchmarks.soak.Soak} is the command.
 */
package dev.llmretry.benchmarks.soak;
