/** Checks the model and reports diagnostics. */
@NullMarked
package dev.llmretry.processor.check;

import org.jspecify.annotations.NullMarked;
