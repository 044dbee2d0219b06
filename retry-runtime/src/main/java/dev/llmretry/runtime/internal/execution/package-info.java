/**
 * The rules of retry decisions as pure functions.
 *
 * <p>{@code Backoff} and {@code PolicyLimits} are copied into the annotation processor, which
 * applies the same rules at compile time: they depend on the JDK and the annotations only.
 */
@NullMarked
package dev.llmretry.runtime.internal.execution;

import org.jspecify.annotations.NullMarked;
