/**
 * From an exception to what it means: {@link dev.llmretry.runtime.classification.FailureExtractor
 * extractors} read what the provider said into {@link
 * dev.llmretry.runtime.classification.FailureFacts}, and one set of rules turns that into a {@link
 * dev.llmretry.runtime.classification.Failure}.
 */
@NullMarked
package dev.llmretry.runtime.classification;

import org.jspecify.annotations.NullMarked;
