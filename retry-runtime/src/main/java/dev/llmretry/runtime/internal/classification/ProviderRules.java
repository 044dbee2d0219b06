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
 *   <li>cancellation: status 499, or a code or type for it, if the attempt was cut off here;
 *   <li>a {@linkplain Precedence#DEFINITE definite} error code, then such an error type, then such
 *       a code in the {@linkplain ResponseBody body};
 *   <li>such a code in a string of the body, if it is permanent;
 *   <li>the {@linkplain MessageRules message}, then its {@linkplain QuotaWords words} if they leave
 *       no doubt;
 *   <li>the {@code x-should-retry} header of OpenAI and Anthropic, see below;
 *   <li>the words of the message, unless the provider asks for a short delay;
 *   <li>an {@linkplain Precedence#OPEN open} code or type;
 *   <li>the {@linkplain StatusRules status}; if it is below 400, the error was in the body or the
 *       stream, and a status given as the error code or in the body is used instead;
 *   <li>a {@linkplain Precedence#VAGUE vague} code or type;
 *   <li>a message about a rate limit, if there is no unknown code.
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

  private static final String QUOTA_WORDS = "words of an exhausted quota";
  private static final Duration SOON = Duration.ofHours(1);

  private ProviderRules() {}

  /**
   * Classifies.
   *
   * @param reading the facts
   * @param cutOff whether the call or the attempt has been cancelled or interrupted here
   */
  static Classification classify(ParsedFacts reading, boolean cutOff) {
    FailureFacts facts = reading.facts();
    ErrorCodeRule code = ErrorCodeTable.find(facts.errorCode());
    ErrorCodeRule type = ErrorCodeTable.find(facts.errorType());
    int status = errorStatus(reading);
    if (cutOff && (status == CLIENT_CLOSED_REQUEST || reportsCancellation(reading, code, type))) {
      return classification(reading, FailureKind.CANCELLED, "cancellation", Confidence.DEFINITE);
    }
    ErrorCodeRule definite = first(reading, code, type, Precedence.DEFINITE);
    if (definite != null) {
      return classification(reading, definite.kind(), definite.reason(), Confidence.DEFINITE);
    }
    return open(reading, status, code, type);
  }

  /** Classifies a response without a definite code or type. */
  private static Classification open(
      ParsedFacts reading, int status, @Nullable ErrorCodeRule code, @Nullable ErrorCodeRule type) {
    ErrorCodeRule rule = first(reading, code, type, Precedence.OPEN);
    FailureKind byStatus = byStatus(reading, status);
    if (ErrorCodeTable.RATE_LIMIT.equals(rule) && isWrongRequest(byStatus)) {
      rule = null; // it may be the name of something else
    }
    if (rule == null && byStatus == FailureKind.UNKNOWN) {
      rule = first(reading, code, type, Precedence.VAGUE);
    }
    if (rule == null && byStatus == FailureKind.UNKNOWN) {
      rule = quoted(reading.body());
    }
    FailureKind kind = rule == null ? byStatus : rule.kind();

    ErrorCodeRule quoted = reading.body().quotedCode(Precedence.DEFINITE);
    if (quoted != null && refines(quoted.kind(), kind)) {
      return classification(reading, quoted.kind(), quoted.reason(), Confidence.DEFINITE);
    }
    MessageRule messageRule = MessageRules.find(kind, reading.text());
    boolean passes =
        messageRule != null && MessageRules.isUsageLimit(messageRule) && passesSoon(reading);
    if (messageRule != null && !passes) {
      return classification(reading, messageRule.kind(), messageRule.reason(), Confidence.DEFINITE);
    }
    if (kind == FailureKind.UNKNOWN && (passes || saysRateLimit(reading))) {
      rule = ErrorCodeTable.RATE_LIMIT;
      kind = rule.kind();
    }
    QuotaWords.Evidence quota = quotaWords(reading, kind);
    if (quota == QuotaWords.Evidence.NO_MONEY) {
      return classification(reading, FailureKind.QUOTA_EXHAUSTED, QUOTA_WORDS, Confidence.DEFINITE);
    }
    String reason = rule == null ? reasonOf(reading, status) : rule.reason();
    Classification byHeader = byShouldRetry(reading, kind, reason);
    if (byHeader != null) {
      return byHeader;
    }
    if (quota != QuotaWords.Evidence.NONE && !(kind.isRetryable() && passesSoon(reading))) {
      return classification(reading, FailureKind.QUOTA_EXHAUSTED, QUOTA_WORDS, Confidence.DEFINITE);
    }
    return classification(
        reading, kind, reason, rule == null ? confidence(reading, kind) : Confidence.DEFINITE);
  }

  private static boolean isWrongRequest(FailureKind byStatus) {
    return switch (byStatus) {
      case INVALID_REQUEST, UNAUTHORIZED, NOT_FOUND, UNSUPPORTED -> true;
      default -> false;
    };
  }

  /** An unknown code names another failure, whose message may mention a rate limit. */
  private static boolean saysRateLimit(ParsedFacts reading) {
    return MessageRules.sayRateLimit(reading.text()) && !reading.hasUnknownCode();
  }

  /**
   * Returns what the words say, as far as they count for the kind. A refused permission may be
   * about a plan, and about billing; other failures may quote the request, but not in a code.
   */
  private static QuotaWords.Evidence quotaWords(ParsedFacts reading, FailureKind kind) {
    return switch (kind) {
      case RATE_LIMITED, UNKNOWN -> reading.quotaWords();
      case FORBIDDEN -> atLeast(QuotaWords.Evidence.MONEY_LIMIT, reading.quotaWords());
      default -> atLeast(QuotaWords.Evidence.NO_MONEY, reading.quotaNames());
    };
  }

  private static QuotaWords.Evidence atLeast(
      QuotaWords.Evidence least, QuotaWords.Evidence evidence) {
    return evidence.compareTo(least) < 0 ? QuotaWords.Evidence.NONE : evidence;
  }

  /**
   * Returns whether the provider asks for a short delay, or to retry. A limit of a day passes soon
   * if it is counted for the last 24 hours.
   */
  private static boolean passesSoon(ParsedFacts reading) {
    Duration delay = RetryAfter.of(reading, FailureKind.RATE_LIMITED);
    return (delay != null && delay.compareTo(SOON) < 0)
        || reading.header(ResponseHeader.X_SHOULD_RETRY).stream()
            .anyMatch("true"::equalsIgnoreCase);
  }

  /** Returns the most significant code in a string, or null. */
  private static @Nullable ErrorCodeRule quoted(ResponseBody body) {
    for (Precedence precedence : Precedence.values()) {
      ErrorCodeRule rule = body.quotedCode(precedence);
      if (rule != null) {
        return rule;
      }
    }
    return null;
  }

  /**
   * Returns whether a code in a string counts although there is another kind. As with phrases of a
   * message, the string may quote the request: so it makes no permanent failure transient.
   */
  private static boolean refines(FailureKind quoted, FailureKind kind) {
    return !quoted.isRetryable()
        && (kind == FailureKind.RATE_LIMITED || kind == FailureKind.INVALID_REQUEST);
  }

  /** Returns the error status, or 0. */
  private static int errorStatus(ParsedFacts reading) {
    int status = reading.facts().statusCode();
    if (status >= 400) {
      return status;
    }
    int code = StatusRules.statusIn(reading.facts().errorCode());
    return code != 0 ? code : reading.body().status();
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

  private static boolean reportsCancellation(
      ParsedFacts reading, @Nullable ErrorCodeRule code, @Nullable ErrorCodeRule type) {
    return ErrorCodeTable.isCancellation(code)
        || ErrorCodeTable.isCancellation(type)
        || ErrorCodeTable.isCancellation(reading.body().code(Precedence.VAGUE));
  }

  private static @Nullable ErrorCodeRule first(
      ParsedFacts reading,
      @Nullable ErrorCodeRule code,
      @Nullable ErrorCodeRule type,
      Precedence precedence) {
    if (code != null && code.has(precedence)) {
      return code;
    }
    return type != null && type.has(precedence) ? type : reading.body().code(precedence);
  }
}
