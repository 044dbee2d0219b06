/** From elements and annotation mirrors to the model. */
@NullMarked
package dev.llmretry.processor.read;

import org.jspecify.annotations.NullMarked;
