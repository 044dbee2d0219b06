/**
 * The table of cases that every way of retrying has to get right. {@code Retry.call} is run through
 * it here, generated wrappers are in the processor's tests.
 */
package dev.llmretry.runtime.cases;
