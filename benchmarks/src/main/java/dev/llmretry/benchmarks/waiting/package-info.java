/**
 * Many calls that wait in their first back-off at once: what they need, and how punctual they are.
 */
package dev.llmretry.benchmarks.waiting;
