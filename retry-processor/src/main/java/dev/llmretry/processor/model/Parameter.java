package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;

/**
 * A parameter of a method.
 *
 * @param name its name
 * @param type its type
 * @param role how it affects retries
 * @param replayable whether it is marked {@code @Replayable}
 * @param streamCallback whether it is marked {@code @StreamCallback}
 * @param exactToken whether its type is {@code CancellationToken} itself, so that the token of the
 *     attempt can replace it
 * @param at its position
 */
public record Parameter(
    String name,
    TypeName type,
    ParameterRole role,
    boolean replayable,
    boolean streamCallback,
    boolean exactToken,
    Position at) {}
