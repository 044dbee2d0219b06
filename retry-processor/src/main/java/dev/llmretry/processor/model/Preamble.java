package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * The class named as {@code preamble}.
 *
 * @param type the class, as printed
 * @param name the class, as messages name it
 * @param elementType the qualified name of what its test takes, type arguments aside; null if
 *     unknown
 * @param isInstantiable whether it can be made with a constructor without parameters
 * @param at where it is written
 */
public record Preamble(
    TypeName type,
    String name,
    @Nullable String elementType,
    boolean isInstantiable,
    Position at) {}
