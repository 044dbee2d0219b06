package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.internal.classification.Classification.Confidence;
import dev.llmretry.runtime.internal.classification.ErrorCodeRule.Precedence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From what a provider said to what it means. In this order, the first that tells wins:
 *
 * <ol>
 *   <li>cancellation: status 499, or a code or type that says so;
 *   <li>a {@linkplain Precedence#DEFINITE definite} error code, then such an error type;
 *   <li>the {@linkplain MessageRules message};
 *   <li>the {@code x-should-retry} header of OpenAI and Anthropic, see below;
 *   <li>an {@linkplain Precedence#OPEN open} code or type;
 *   <li>the {@linkplain StatusRules status}; below 400 it tells nothing, since the error came in
 *       the body or the stream, but a numeric error code stands in for it;
 *   <li>a {@linkplain Precedence#VAGUE vague} code or type.
 * </ol>
 *
 * <p>{@code x-should-retry} tells whether, not what. {@code true} keeps a kind that is retried
 * anyway, makes {@code RATE_LIMITED} of {@code QUOTA_EXHAUSTED}, and {@code SERVER} of all other
 * kinds. {@code false} keeps a kind that is not retried and makes {@code UNKNOWN} of the others:
 * the provider knows why a retry will not help, we do not. The reason names the header.
 */
final class ProviderRules {

  private static final int PAYMENT_REQUIRED = 402;
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private ProviderRules() {}

  static Classification judge(ParsedFacts reading) {
    FailureFacts facts = reading.facts();
    ErrorCodeRule code = ErrorCodeTable.find(facts.errorCode());
    ErrorCodeRule type = ErrorCodeTable.find(facts.errorType());
    int status = telling(facts);
    if (status == CLIENT_CLOSED_REQUEST) {
      return verdict(reading, FailureKind.CANCELLED, "HTTP 499", Confidence.DEFINITE);
    }
    ErrorCodeRule definite =
        cancelled(code) ? code : cancelled(type) ? type : first(code, type, Precedence.DEFINITE);
    if (definite != null) {
      return verdict(reading, definite.kind(), definite.reason(), Confidence.DEFINITE);
    }
    return open(reading, status, code, type);
  }

  /** Judges what no definite code or type has settled. */
  private static Classification open(
      ParsedFacts reading, int status, @Nullable ErrorCodeRule code, @Nullable ErrorCodeRule type) {
    ErrorCodeRule marker = first(code, type, Precedence.OPEN);
    FailureKind byStatus = byStatus(reading, status);
    if (marker == null && byStatus == FailureKind.UNKNOWN) {
      marker = first(code, type, Precedence.VAGUE);
    }
    FailureKind kind = marker == null ? byStatus : marker.kind();

    MessageRule said = MessageRules.find(kind, reading.text());
    if (said != null) {
      return verdict(reading, said.kind(), said.reason(), Confidence.DEFINITE);
    }
    String reason = marker == null ? reasonOf(reading, status) : marker.reason();
    Classification byHeader = byShouldRetry(reading, kind, reason);
    if (byHeader != null) {
      return byHeader;
    }
    return verdict(
        reading, kind, reason, marker == null ? confidence(reading, kind) : Confidence.DEFINITE);
  }

  /** Returns the status that tells something, or 0. */
  private static int telling(FailureFacts facts) {
    int status = facts.statusCode();
    return status >= 400 ? status : StatusRules.statusIn(facts.errorCode());
  }

  private static FailureKind byStatus(ParsedFacts reading, int status) {
    // OpenRouter, "Handling 402 errors": one with Retry-After passes, one without does not.
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
        return verdict(reading, retried, reason + ", x-should-retry: true", Confidence.DEFINITE);
      }
      if (value.equalsIgnoreCase("false") && kind.isRetryable()) {
        return verdict(
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

  private static Classification verdict(
      ParsedFacts reading, FailureKind kind, String reason, Confidence confidence) {
    int status = Math.max(0, reading.facts().statusCode());
    Duration wait = RetryAfter.of(reading, kind);
    if (confidence == Confidence.BY_STATUS && wait == null && kind == StatusRules.kindOf(status)) {
      return StatusRules.verdict(status);
    }
    return new Classification(new Failure(kind, wait, status, reason), confidence);
  }

  private static boolean cancelled(@Nullable ErrorCodeRule marker) {
    return marker != null && marker.kind() == FailureKind.CANCELLED;
  }

  private static @Nullable ErrorCodeRule first(
      @Nullable ErrorCodeRule code, @Nullable ErrorCodeRule type, Precedence precedence) {
    if (code != null && code.has(precedence)) {
      return code;
    }
    return type != null && type.has(precedence) ? type : null;
  }
}
