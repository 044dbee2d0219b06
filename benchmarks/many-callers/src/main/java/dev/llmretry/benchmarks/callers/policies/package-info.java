/** The ways to retry that are compared. */
package dev.llmretry.benchmarks.callers.policies;
