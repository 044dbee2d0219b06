/** A provider on the loopback interface that limits requests, or is down for some time. */
package dev.llmretry.benchmarks.callers.provider;
