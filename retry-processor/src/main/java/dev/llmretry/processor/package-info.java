/**
 * The annotation processor, in three stages that share a {@code model} and do not depend on each
 * other: {@code read} builds it from elements, {@code check} reports diagnostics, {@code write}
 * generates source code.
 */
@NullMarked
package dev.llmretry.processor;

import org.jspecify.annotations.NullMarked;
