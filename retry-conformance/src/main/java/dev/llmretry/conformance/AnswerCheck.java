package dev.llmretry.conformance;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Judges results by their text. */
public final class AnswerCheck implements ResultCheck<String> {

  static final String INVALID = "invalid";
  static final String FILTERED = "filtered";
  static final String LIMITED = "limited, retry after 1 s";
  static final String CONFUSING = "confusing";

  public AnswerCheck() {}

  @Override
  public @Nullable Rejection check(String answer) {
    return switch (answer) {
      case INVALID -> Rejection.of(INVALID);
      case FILTERED -> Rejection.of(FailureKind.CONTENT_FILTERED, FILTERED);
      case LIMITED -> new Rejection(FailureKind.RATE_LIMITED, LIMITED, Duration.ofSeconds(1));
      case CONFUSING -> throw new IllegalStateException("the check is confused");
      default -> null;
    };
  }
}
