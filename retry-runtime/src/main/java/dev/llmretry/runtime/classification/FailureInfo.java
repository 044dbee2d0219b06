package dev.llmretry.runtime.classification;

/**
 * The result of a {@link FailureExtractor}: {@link FailureFacts}, which the runtime's rules
 * classify, or a {@link Failure} if the extractor determines the kind itself.
 */
public sealed interface FailureInfo permits Failure, FailureFacts {}
