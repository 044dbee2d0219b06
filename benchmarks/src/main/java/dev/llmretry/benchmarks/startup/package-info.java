/** What a first call costs in a new JVM: classes that are loaded for it, and time. */
package dev.llmretry.benchmarks.startup;
