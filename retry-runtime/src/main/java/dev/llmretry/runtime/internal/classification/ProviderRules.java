package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.internal.classification.Classification.Confidence;
import dev.llmretry.runtime.internal.classification.ErrorCodeRule.Precedence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the facts of a provider's response. The first of these that determines a kind wins:
 *
 * <ol>
 *   <li>cancellation: status 499, or a code or type for it;
 *   <li>a {@linkplain Precedence#DEFINITE definite} error code, then such an error type;
 *   <li>the {@linkplain MessageRules message};
 *   <li>the {@code x-should-retry} header of OpenAI and Anthropic, see below;
 *   <li>an {@linkplain Precedence#OPEN open} code or type;
 *   <li>the {@linkplain StatusRules status}; if it is below 400, the error was in the body or the
 *       stream, and a numeric error code is used instead;
 *   <li>a {@linkplain Precedence#VAGUE vague} code or type.
 * </ol>
 *
 * <p>{@code x-should-retry} has no kind. {@code true} keeps a retryable kind, turns {@code
 * QUOTA_EXHAUSTED} into {@code RATE_LIMITED}, and all other kinds into {@code SERVER}. {@code
 * false} keeps a kind that is not retryable, and turns the others into {@code UNKNOWN}. The reason
 * names the header.
 */
final class ProviderRules {

  private static final int PAYMENT_REQUIRED = 402;
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private ProviderRules() {}

  static Classification classify(ParsedFacts reading) {
    FailureFacts facts = reading.facts();
    ErrorCodeRule code = ErrorCodeTable.find(facts.errorCode());
    ErrorCodeRule type = ErrorCodeTable.find(facts.errorType());
    int status = errorStatus(facts);
    if (status == CLIENT_CLOSED_REQUEST) {
      return classification(reading, FailureKind.CANCELLED, "HTTP 499", Confidence.DEFINITE);
    }
    ErrorCodeRule definite =
        cancelled(code) ? code : cancelled(type) ? type : first(code, type, Precedence.DEFINITE);
    if (definite != null) {
      return classification(reading, definite.kind(), definite.reason(), Confidence.DEFINITE);
    }
    return open(reading, status, code, type);
  }

  /** Classifies a response without a definite code or type. */
  private static Classification open(
      ParsedFacts reading, int status, @Nullable ErrorCodeRule code, @Nullable ErrorCodeRule type) {
    ErrorCodeRule rule = first(code, type, Precedence.OPEN);
    FailureKind byStatus = byStatus(reading, status);
    if (rule == null && byStatus == FailureKind.UNKNOWN) {
      rule = first(code, type, Precedence.VAGUE);
    }
    FailureKind kind = rule == null ? byStatus : rule.kind();

    MessageRule messageRule = MessageRules.find(kind, reading.text());
    if (messageRule != null) {
      return classification(reading, messageRule.kind(), messageRule.reason(), Confidence.DEFINITE);
    }
    String reason = rule == null ? reasonOf(reading, status) : rule.reason();
    Classification byHeader = byShouldRetry(reading, kind, reason);
    if (byHeader != null) {
      return byHeader;
    }
    return classification(
        reading, kind, reason, rule == null ? confidence(reading, kind) : Confidence.DEFINITE);
  }

  /** Returns the error status, or 0. */
  private static int errorStatus(FailureFacts facts) {
    int status = facts.statusCode();
    return status >= 400 ? status : StatusRules.statusIn(facts.errorCode());
  }

  private static FailureKind byStatus(ParsedFacts reading, int status) {
    // OpenRouter, "Handling 402 errors": one with Retry-After is transient, one without is not.
    if (status == PAYMENT_REQUIRED && RetryAfter.fromRetryAfterHeaders(reading) != null) {
      return FailureKind.RATE_LIMITED;
    }
    return StatusRules.kindOf(status);
  }

  private static @Nullable Classification byShouldRetry(
      ParsedFacts reading, FailureKind kind, String reason) {
    if (reading.facts().statusCode() < 400) {
      return null;
    }
    for (String value : reading.header(ResponseHeader.X_SHOULD_RETRY)) {
      if (value.equalsIgnoreCase("true") && !kind.isRetryable()) {
        FailureKind retried =
            kind == FailureKind.QUOTA_EXHAUSTED ? FailureKind.RATE_LIMITED : FailureKind.SERVER;
        return classification(
            reading, retried, reason + ", x-should-retry: true", Confidence.DEFINITE);
      }
      if (value.equalsIgnoreCase("false") && kind.isRetryable()) {
        return classification(
            reading, FailureKind.UNKNOWN, reason + ", x-should-retry: false", Confidence.DEFINITE);
      }
    }
    return null;
  }

  private static Confidence confidence(ParsedFacts reading, FailureKind kind) {
    if (kind != FailureKind.UNKNOWN) {
      return Confidence.BY_STATUS;
    }
    FailureFacts facts = reading.facts();
    boolean answered =
        facts.statusCode() >= 300 || facts.errorCode() != null || facts.errorType() != null;
    return answered ? Confidence.ANSWERED : Confidence.SILENT;
  }

  private static String reasonOf(ParsedFacts reading, int status) {
    int shown = status != 0 ? status : reading.facts().statusCode();
    return shown > 0 ? "HTTP " + shown : "unknown error";
  }

  private static Classification classification(
      ParsedFacts reading, FailureKind kind, String reason, Confidence confidence) {
    int status = Math.max(0, reading.facts().statusCode());
    Duration wait = RetryAfter.of(reading, kind);
    if (confidence == Confidence.BY_STATUS && wait == null && kind == StatusRules.kindOf(status)) {
      return StatusRules.classification(status);
    }
    return new Classification(new Failure(kind, wait, status, reason), confidence);
  }

  private static boolean cancelled(@Nullable ErrorCodeRule rule) {
    return rule != null && rule.kind() == FailureKind.CANCELLED;
  }

  private static @Nullable ErrorCodeRule first(
      @Nullable ErrorCodeRule code, @Nullable ErrorCodeRule type, Precedence precedence) {
    if (code != null && code.has(precedence)) {
      return code;
    }
    return type != null && type.has(precedence) ? type : null;
  }
}
