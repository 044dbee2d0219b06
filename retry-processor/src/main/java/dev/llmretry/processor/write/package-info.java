/** Generates source code from the model. */
@NullMarked
package dev.llmretry.processor.write;

import org.jspecify.annotations.NullMarked;
