/**
 * The annotation processor. Its stages each know only what comes before them: {@code read} turns
 * elements into a {@code model}, {@code check} judges the model and {@code write} prints it.
 */
@NullMarked
package dev.llmretry.processor;

import org.jspecify.annotations.NullMarked;
