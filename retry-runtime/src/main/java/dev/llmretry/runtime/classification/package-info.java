/**
 * Classification of exceptions: {@linkplain dev.llmretry.runtime.classification.FailureExtractor
 * extractors} read what the provider said into {@link
 * dev.llmretry.runtime.classification.FailureFacts}, and one set of rules turns that into a {@link
 * dev.llmretry.runtime.classification.Failure}. A {@linkplain
 * dev.llmretry.runtime.classification.FailureClassifier classifier} of the application is asked
 * before.
 */
@NullMarked
package dev.llmretry.runtime.classification;

import org.jspecify.annotations.NullMarked;
