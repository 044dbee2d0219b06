/** What the processor adds to the time of javac. */
package dev.llmretry.benchmarks.compiletime;
