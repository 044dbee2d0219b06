package dev.llmretry.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * How the return type of a method affects its retries.
 *
 * @param family the kind of return type
 * @param asyncAdapter what retries a future or publisher; null if the type is not supported
 * @param missingArtifact the artifact to add if the adapter is not on the class path, else null
 * @param pullSource how to read a stream up to its first element; null if that is not possible
 * @param elements the elements of a publisher or stream, if their type is known
 */
public record ReturnSpec(
    ReturnFamily family,
    @Nullable AsyncAdapter asyncAdapter,
    @Nullable String missingArtifact,
    @Nullable PullSource pullSource,
    @Nullable StreamElements elements) {

  /** Creates the spec of a value, or of a stream that cannot be read up to its first element. */
  public static ReturnSpec of(ReturnFamily family) {
    return new ReturnSpec(family, null, null, null, null);
  }
}
