package dev.llmretry.runtime.classification;

/**
 * What a {@link FailureExtractor} reads from an exception: {@link FailureFacts}, which the
 * runtime's rules classify, or a {@link Failure} if the extractor knows the kind itself.
 */
public sealed interface FailureInfo permits Failure, FailureFacts {}
