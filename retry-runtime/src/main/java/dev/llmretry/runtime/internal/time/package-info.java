/** The system clock and its timers. */
@NullMarked
package dev.llmretry.runtime.internal.time;

import org.jspecify.annotations.NullMarked;
