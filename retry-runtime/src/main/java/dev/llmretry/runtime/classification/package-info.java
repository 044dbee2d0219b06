/**
 * Classification of exceptions: {@linkplain dev.llmretry.runtime.classification.FailureExtractor
 * extractors} read {@link dev.llmretry.runtime.classification.FailureFacts} from an exception, and
 * one set of rules derives a {@link dev.llmretry.runtime.classification.Failure} from them. An
 * application's {@linkplain dev.llmretry.runtime.classification.FailureClassifier classifiers} are
 * called first.
 */
@NullMarked
package dev.llmretry.runtime.classification;

import org.jspecify.annotations.NullMarked;
