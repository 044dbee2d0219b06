/** From the model to source code. */
@NullMarked
package dev.llmretry.processor.write;

import org.jspecify.annotations.NullMarked;
