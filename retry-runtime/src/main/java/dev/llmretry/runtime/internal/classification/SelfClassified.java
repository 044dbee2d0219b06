package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks exceptions that know what they are. One that throws when asked has said nothing. */
final class SelfClassified {

  private static final String REASON = "LlmFailure";

  /** The common case costs no object. */
  private static final Map<FailureKind, Classification> WITHOUT_WAIT = withoutWait();

  private SelfClassified() {}

  static @Nullable Classification judge(Throwable error) {
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
      FailureKind kind = failure.kind(); // foreign code: may be null all the same
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
    Map<FailureKind, Classification> verdicts = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      if (kind != FailureKind.UNKNOWN) {
        verdicts.put(kind, Classification.definite(kind, REASON));
      }
    }
    return verdicts;
  }
}
