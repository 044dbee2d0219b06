package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a method.
 *
 * @param name its name
 * @param type its type
 * @param role how it affects retries
 * @param content the type in it that has this role, if it is not the type itself
 * @param replayable whether it is marked {@code @Replayable}
 * @param streamCallback whether it is marked {@code @StreamCallback}
 * @param exactToken whether its type is {@code CancellationToken} itself, so that the token of the
 *     attempt can replace it
 * @param revised its type if it is marked {@code @Revised}, else null
 * @param at its position
 */
public record Parameter(
    String name,
    TypeName type,
    ParameterRole role,
    @Nullable String content,
    boolean replayable,
    boolean streamCallback,
    boolean exactToken,
    @Nullable StreamElements revised,
    Position at) {}
