/** Meters of retried calls, for Micrometer. */
@NullMarked
package dev.llmretry.micrometer;

import org.jspecify.annotations.NullMarked;
