package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classifies exceptions that implement {@link LlmFailure}. A method that throws is ignored. */
final class SelfClassified {

  private static final String REASON = "LlmFailure";

  /** The common case allocates nothing. */
  private static final Map<FailureKind, Classification> WITHOUT_WAIT = withoutWait();

  private SelfClassified() {}

  static @Nullable Classification classify(Throwable error) {
    if (!(error instanceof LlmFailure failure)) {
      return null;
    }
    FailureKind kind = kindOf(failure);
    Duration wait = DelayParsing.usable(retryAfterOf(failure));
    if (wait == null) {
      return WITHOUT_WAIT.get(kind);
    }
    return Classification.stated(new Failure(kind, wait, 0, REASON));
  }

  private static FailureKind kindOf(LlmFailure failure) {
    try {
      FailureKind kind = failure.kind(); // may be null in user code
      return kind == null ? FailureKind.UNKNOWN : kind;
    } catch (Throwable e) {
      return FailureKind.UNKNOWN;
    }
  }

  private static @Nullable Duration retryAfterOf(LlmFailure failure) {
    try {
      return failure.retryAfter();
    } catch (Throwable e) {
      return null;
    }
  }

  private static Map<FailureKind, Classification> withoutWait() {
    Map<FailureKind, Classification> classifications = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      if (kind != FailureKind.UNKNOWN) {
        classifications.put(kind, Classification.definite(kind, REASON));
      }
    }
    return classifications;
  }
}
