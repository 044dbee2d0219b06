package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.HttpFailure;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.classification.FailureInfo;
import dev.llmretry.runtime.internal.classification.Classification.Confidence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks the exceptions of one chain, outermost first, and keeps the weightiest verdict. */
final class CauseChainClassifier implements Predicate<Throwable> {

  private final Extractors extractors;
  private final InstantSource time;

  private @Nullable Classification best;
  private @Nullable Duration retryAfter;
  private int statusCode;

  CauseChainClassifier(Extractors extractors, InstantSource time) {
    this.extractors = extractors;
    this.time = time;
  }

  /** Returns whether the deeper causes need not be asked. */
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
    if (offer(SelfClassified.judge(error))) {
      if (error instanceof HttpFailure http) {
        note(judge(HttpFailures.factsOf(http, error)));
      }
      return;
    }
    if (error instanceof HttpFailure http && offer(judge(HttpFailures.factsOf(http, error)))) {
      return;
    }
    for (int extractor : extractors.matching(error)) {
      FailureInfo info = extractors.extract(extractor, error);
      if (info != null && offer(judge(info))) {
        return;
      }
    }
    offer(JdkExceptions.judge(error));
  }

  private Classification judge(FailureInfo info) {
    return info instanceof Failure failure
        ? Classification.stated(failure)
        : ProviderRules.judge(new ParsedFacts((FailureFacts) info, time));
  }

  /** Returns whether {@code verdict} tells a kind, so that nobody else need be asked about it. */
  private boolean offer(@Nullable Classification verdict) {
    if (verdict == null) {
      return false;
    }
    note(verdict);
    if (verdict.isEmpty()) {
      return false;
    }
    if (best == null || verdict.replaces(best)) {
      best = verdict;
    }
    return verdict.confidence().compareTo(Confidence.BY_STATUS) >= 0;
  }

  /** Takes the wait and the status, unless they are known from further out. */
  private void note(Classification verdict) {
    Failure failure = verdict.failure();
    if (retryAfter == null) {
      retryAfter = failure.retryAfter();
    }
    if (statusCode == 0) {
      statusCode = failure.statusCode();
    }
  }

  /** Returns the verdict on the chain that began with {@code error}. */
  Failure result(Throwable error) {
    Failure failure = best == null ? nothing(error) : best.failure();
    if (Objects.equals(failure.retryAfter(), retryAfter) && failure.statusCode() == statusCode) {
      return failure;
    }
    return new Failure(failure.kind(), retryAfter, statusCode, failure.reason());
  }

  private static Failure nothing(Throwable error) {
    return Failure.of(FailureKind.UNKNOWN, error.getClass().getName());
  }
}
