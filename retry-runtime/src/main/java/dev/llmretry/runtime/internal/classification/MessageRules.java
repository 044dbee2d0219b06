package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.CONTENT_FILTERED;
import static dev.llmretry.FailureKind.CONTEXT_LENGTH;
import static dev.llmretry.FailureKind.FORBIDDEN;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.QUOTA_EXHAUSTED;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNKNOWN;
import static dev.llmretry.FailureKind.UNSUPPORTED;

import dev.llmretry.FailureKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refines the classification by code, type and status with the message.
 *
 * <p>A message may quote the user's prompt. So each rule only refines one kind: a 503 is an
 * overload regardless of its message, and no rule makes a permanent failure transient, with the
 * exceptions of OpenRouter's transient 402 and of AWS's signatures with a wrong time.
 */
final class MessageRules {

  private static final List<MessageRule> RULES =
      List.of(
          // Anthropic. The second is the monthly limit of a tier, with a 400 or a 429.
          rule(INVALID_REQUEST, "your credit balance is too low", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "you have reached your", "api usage limits", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "you have reached your", "api usage limits", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "spend_limit_reached", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "extra usage is required", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "out of extra usage", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "content filtering policy", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "prompt is too long", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "exceed context limit", CONTEXT_LENGTH),

          // OpenAI, and compatible servers (vLLM).
          rule(RATE_LIMITED, "insufficient_quota", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "request too large for", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "request too large for", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "context_length_exceeded", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "maximum context length is", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "exceeds the context window", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "safety system", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "content_policy_violation", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "usage policy", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "usage policies", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "maximum model length", CONTEXT_LENGTH),

          // Azure OpenAI.
          rule(INVALID_REQUEST, "responsibleaipolicyviolation", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "content management policy", CONTENT_FILTERED),
          rule(RATE_LIMITED, "experiencing high demand", OVERLOADED),

          // Gemini: a quota per day, or of zero, is not a rate limit, although its RetryInfo asks
          // for some seconds. "You exceeded your current quota" is also sent for limits per minute.
          rule(RATE_LIMITED, "quotaid", "perday", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "quotalimit", "perday", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "quota exceeded for", "_per_day", QUOTA_EXHAUSTED), // Vertex AI
          rule(RATE_LIMITED, "quota exceeded for metric", "limit: 0", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "exceeds the maximum number of tokens allowed", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "blockreason", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "block_reason", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "prohibited_content", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "responsible ai practices", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "safety filter", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "api_key_invalid", UNAUTHORIZED),
          rule(INVALID_REQUEST, "api key not valid", UNAUTHORIZED),
          rule(RATE_LIMITED, "no capacity available", OVERLOADED),

          // xAI.
          rule(INVALID_REQUEST, "incorrect api key", UNAUTHORIZED),
          rule(FORBIDDEN, "run out of credits", QUOTA_EXHAUSTED),
          rule(FORBIDDEN, "used all available credits", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "temporarily at capacity", OVERLOADED),
          rule(FORBIDDEN, "usage guidelines", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "usage guidelines", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "maximum prompt length is", CONTEXT_LENGTH),

          // Amazon Bedrock.
          rule(RATE_LIMITED, "too many tokens per day", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "input is too long", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "too many input tokens", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "expected maxlength", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "content filter policy", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "blocked by our content filters", CONTENT_FILTERED),
          // Of an InvalidSignatureException and a SignatureDoesNotMatch: a wrong key, a wrong
          // clock.
          rule(SERVER, "signature we calculated does not match", FORBIDDEN),
          rule(FORBIDDEN, "signature expired", SERVER),
          rule(FORBIDDEN, "signature not yet current", SERVER),

          // Cohere: trial keys have a limit per minute and one per month.
          rule(RATE_LIMITED, "calls / month", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "too many tokens", CONTEXT_LENGTH),

          // Ollama. The first is the limit of its cloud per session, hour or week.
          rule(RATE_LIMITED, "reached your", "usage limit", QUOTA_EXHAUSTED),
          rule(FORBIDDEN, "reached your", "usage limit", QUOTA_EXHAUSTED), // Moonshot's plans
          rule(INVALID_REQUEST, "does not support tools", UNSUPPORTED),
          rule(INVALID_REQUEST, "does not support chat", UNSUPPORTED),
          rule(INVALID_REQUEST, "does not support thinking", UNSUPPORTED),

          // llama.cpp server.
          rule(INVALID_REQUEST, "exceeds the available context size", CONTEXT_LENGTH),

          // Plans: Z.ai's, in Chinese, and OpenAI's.
          rule(RATE_LIMITED, "使用上限", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "usage limit reached", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "usage limit has been reached", QUOTA_EXHAUSTED),

          // Quotas that are refused like a permission last: Google, Azure.
          rule(FORBIDDEN, "quota", "exceeded", QUOTA_EXHAUSTED),
          rule(FORBIDDEN, "quota", "exhausted", QUOTA_EXHAUSTED),
          rule(FORBIDDEN, "daily limit", QUOTA_EXHAUSTED),

          // DeepSeek, Alibaba DashScope.
          rule(INVALID_REQUEST, "content exists risk", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "inappropriate content", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "free tier of the model has been exhausted", QUOTA_EXHAUSTED),
          rule(FORBIDDEN, "free tier of the model has been exhausted", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "range of input length should be", CONTEXT_LENGTH),

          // Volcengine, MiniMax, Z.ai.
          rule(INVALID_REQUEST, "sensitive content", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "sensitive information", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "new_sensitive", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "敏感内容", CONTENT_FILTERED),

          // Mistral, Moonshot, Text Generation Inference and Together.
          rule(INVALID_REQUEST, "too large for model with", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "exceeded model token limit", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "max_new_tokens", "must be <=", CONTEXT_LENGTH),

          // LiteLLM, with a 400; MiniMax, with a 500.
          rule(INVALID_REQUEST, "budget has been exceeded", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "contentpolicyviolationerror", CONTENT_FILTERED),
          rule(SERVER, "insufficient balance (1008)", QUOTA_EXHAUSTED),

          // OpenRouter. A key may have a limit of credits.
          rule(FORBIDDEN, "key limit exceeded", QUOTA_EXHAUSTED),
          rule(FORBIDDEN, "input was flagged", CONTENT_FILTERED),
          rule(QUOTA_EXHAUSTED, "in_flight_budget", RATE_LIMITED));

  /** In a failure that nothing else explains. */
  private static final List<String> RATE_LIMITS =
      List.of("rate limit", "too many requests", "qps request limit");

  private static final Set<String> USAGE_LIMITS =
      Set.of("usage limit", "usage limit reached", "usage limit has been reached", "使用上限");

  private MessageRules() {}

  /** Returns whether the rule is that of a usage limit, of which some are short. */
  static boolean isUsageLimit(MessageRule rule) {
    return rule.taken() == RATE_LIMITED
        && (USAGE_LIMITS.contains(rule.phrase()) || USAGE_LIMITS.contains(rule.second()));
  }

  /** Returns whether the text, in lower case, is about a rate limit. */
  static boolean sayRateLimit(String text) {
    return RATE_LIMITS.stream().anyMatch(text::contains);
  }

  /**
   * Returns the first rule that matches, or null.
   *
   * @param taken the kind without the message; for {@code UNKNOWN}, all rules are tried in order
   * @param text the message in lower case
   */
  static @Nullable MessageRule find(FailureKind taken, String text) {
    if (text.isEmpty()) {
      return null;
    }
    for (MessageRule rule : RULES) {
      if ((rule.taken() == taken || taken == UNKNOWN) && rule.matches(text)) {
        return rule;
      }
    }
    return null;
  }

  private static MessageRule rule(FailureKind taken, String phrase, FailureKind kind) {
    return rule(taken, phrase, "", kind);
  }

  private static MessageRule rule(
      FailureKind taken, String phrase, String second, FailureKind kind) {
    String reason = "message \"" + phrase + (second.isEmpty() ? "" : " … " + second) + '"';
    return new MessageRule(taken, phrase, second, kind, reason);
  }
}
