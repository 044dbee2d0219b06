package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.HttpFailure;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.classification.FailureInfo;
import dev.llmretry.runtime.internal.classification.Classification.Confidence;
import dev.llmretry.runtime.internal.util.Throwables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the exceptions of one cause chain, outermost first, and keeps the most confident
 * classification.
 */
final class CauseChainClassifier implements Predicate<Throwable> {

  private final Extractors extractors;
  private final InstantSource time;
  private final boolean cutOff;

  private @Nullable Classification best;
  private @Nullable Duration retryAfter;
  private int statusCode;

  /**
   * Creates a classifier.
   *
   * @param cutOff whether the call or the attempt has been cancelled or interrupted here; otherwise
   *     a reported cancellation is a failure of the server or the network
   */
  CauseChainClassifier(Extractors extractors, InstantSource time, boolean cutOff) {
    this.extractors = extractors;
    this.time = time;
    this.cutOff = cutOff;
  }

  /** Returns whether deeper causes need not be classified. */
  @Override
  public boolean test(Throwable error) {
    if (error instanceof Error) {
      offer(JdkExceptions.ERROR);
      return true;
    }
    ask(error);
    return best != null
        && best.isDefinite()
        && (retryAfter != null || best.failure().kind() == FailureKind.CANCELLED);
  }

  private void ask(Throwable error) {
    if (offer(SelfClassified.classify(error))) {
      if (error instanceof HttpFailure http) {
        note(classify(HttpFailures.factsOf(http, error)));
      }
      return;
    }
    if (error instanceof HttpFailure http && offer(classify(HttpFailures.factsOf(http, error)))) {
      return;
    }
    for (int extractor : extractors.matching(error)) {
      FailureInfo info = extractors.extract(extractor, error);
      if (info != null && offer(classify(info))) {
        return;
      }
    }
    offer(JdkExceptions.classify(error, cutOff));
  }

  private Classification classify(FailureInfo info) {
    return info instanceof Failure failure
        ? Classification.stated(failure)
        : ProviderRules.classify(new ParsedFacts((FailureFacts) info, time), cutOff);
  }

  /**
   * Returns whether the classification has a kind, so that no other source is needed for this
   * exception.
   */
  private boolean offer(@Nullable Classification classification) {
    if (classification == null) {
      return false;
    }
    note(classification);
    if (classification.isEmpty()) {
      return false;
    }
    if (best == null || classification.replaces(best)) {
      best = classification;
    }
    return classification.confidence().compareTo(Confidence.BY_STATUS) >= 0;
  }

  /** Keeps the delay and the status, unless an outer exception had them. */
  private void note(Classification classification) {
    Failure failure = classification.failure();
    if (retryAfter == null) {
      retryAfter = failure.retryAfter();
    }
    if (statusCode == 0) {
      statusCode = failure.statusCode();
    }
  }

  /** Returns the classification of the chain that starts with {@code error}. */
  Failure result(Throwable error) {
    Failure failure = best == null ? nothing(error) : best.failure();
    if (best == null || best.isByGenericClass()) {
      failure = withMissingArtifact(failure, error);
    }
    if (Objects.equals(failure.retryAfter(), retryAfter) && failure.statusCode() == statusCode) {
      return failure;
    }
    return new Failure(failure.kind(), retryAfter, statusCode, failure.reason());
  }

  /** Says in the reason of an unrecognised exception which artifact of LlmRetry would read it. */
  private Failure withMissingArtifact(Failure failure, Throwable error) {
    Throwable unread = Throwables.find(error, this::isUnread);
    if (unread == null) {
      return failure;
    }
    String artifact = MissingArtifacts.warn(unread);
    return failure.kind() == FailureKind.UNKNOWN
        ? Failure.of(FailureKind.UNKNOWN, failure.reason() + ", not read without " + artifact)
        : failure;
  }

  private boolean isUnread(Throwable error) {
    return extractors.matching(error).length == 0 && MissingArtifacts.isRead(error);
  }

  private static Failure nothing(Throwable error) {
    return Failure.of(FailureKind.UNKNOWN, error.getClass().getName());
  }
}
