/** Builds the model from elements and annotation mirrors. */
@NullMarked
package dev.llmretry.processor.read;

import org.jspecify.annotations.NullMarked;
