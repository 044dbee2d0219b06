package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;

/**
 * A parameter of a method.
 *
 * @param name its name
 * @param type its type, as printed
 * @param role what it means for a retry
 * @param replayable whether it is marked {@code @Replayable}
 * @param streamCallback whether it is marked {@code @StreamCallback}
 * @param exactToken whether its type is {@code CancellationToken} itself, so that the attempt's
 *     token can stand in for it
 * @param at where it stands
 */
public record Parameter(
    String name,
    TypeName type,
    ParameterRole role,
    boolean replayable,
    boolean streamCallback,
    boolean exactToken,
    Position at) {}
