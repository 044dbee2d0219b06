/**
 * The other libraries, each set up alike: four attempts, a retry where the hand-written loop makes
 * one, no delay; and what leaves them is the client's own exception. What a library wraps around it
 * is taken off, as callers have to do.
 */
package dev.llmretry.benchmarks.peers;
