/**
 * What becomes of many calls that share a provider, in real time: with the retries of SDKs, of
 * retry libraries, and of LlmRetry.
 */
package dev.llmretry.benchmarks.callers;
