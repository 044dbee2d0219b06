/**
 * What retries cost. {@code java -jar benchmarks.jar} is plain JMH; {@link
 * dev.llmretry.benchmarks.Report} runs the same, and prints one table. {@link
 * dev.llmretry.benchmarks.waiting.Waiting} tells what many calls need while they wait.
 */
package dev.llmretry.benchmarks;
