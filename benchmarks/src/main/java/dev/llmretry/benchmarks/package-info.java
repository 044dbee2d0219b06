/**
 * What retries cost. {@code java -jar benchmarks.jar} is plain JMH; {@link
 * dev.llmretry.benchmarks.Report} runs the same, and prints one table.
 */
package dev.llmretry.benchmarks;
