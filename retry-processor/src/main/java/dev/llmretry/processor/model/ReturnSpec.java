package dev.llmretry.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * How the return type of a method affects its retries.
 *
 * @param family the kind of return type
 * @param asyncAdapter what retries a future or publisher; null if the type is not supported
 * @param missingArtifact the artifact to add if the adapter is not on the class path, else null
 * @param pullSource how to read a stream up to its first element; null if that is not possible
 * @param results the elements of a publisher or stream, the value of a future, or the returned
 *     object, if their type is known; null if there is nothing that could be checked
 * @param lazyPart the type of a value, or of something it or one of the elements contains, whose
 *     work may be done after that has been returned; else null
 */
public record ReturnSpec(
    ReturnFamily family,
    @Nullable AsyncAdapter asyncAdapter,
    @Nullable String missingArtifact,
    @Nullable PullSource pullSource,
    @Nullable StreamElements results,
    @Nullable String lazyPart) {

  /** Creates the spec of a value. */
  public static ReturnSpec value(@Nullable StreamElements results, @Nullable String lazyPart) {
    return new ReturnSpec(ReturnFamily.VALUE, null, null, null, results, lazyPart);
  }

  /** Creates the spec of a stream. */
  public static ReturnSpec stream(
      @Nullable PullSource pullSource, @Nullable StreamElements elements) {
    return new ReturnSpec(ReturnFamily.STREAM, null, null, pullSource, elements, null);
  }

  /** Returns a copy of which a part is lazy, or none. */
  public ReturnSpec withLazyPart(@Nullable String lazyTypeName) {
    return new ReturnSpec(family, asyncAdapter, missingArtifact, pullSource, results, lazyTypeName);
  }
}
