/** State of a call, the decision after each attempt, and the scope of an attempt. */
@NullMarked
package dev.llmretry.runtime.internal.execution;

import org.jspecify.annotations.NullMarked;
