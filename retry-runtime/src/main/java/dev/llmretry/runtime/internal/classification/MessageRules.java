package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.CONTENT_FILTERED;
import static dev.llmretry.FailureKind.CONTEXT_LENGTH;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.QUOTA_EXHAUSTED;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNKNOWN;
import static dev.llmretry.FailureKind.UNSUPPORTED;

import dev.llmretry.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What messages tell beyond code, type and status.
 *
 * <p>A message may quote the user's own words. So each rule only refines what the failure was taken
 * for without it: a 503 stays a 503 whatever its message says, and with two exceptions a rule never
 * turns a failure that is not retried into one that is. Those are OpenRouter's 402 that passes, and
 * error events in streams whose type stands only in the text.
 */
final class MessageRules {

  private static final List<MessageRule> RULES =
      List.of(
          // Anthropic. The second is a tier's monthly limit, with a 400 or a 429.
          rule(INVALID_REQUEST, "your credit balance is too low", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "you have reached your", "api usage limits", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "you have reached your", "api usage limits", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "spend_limit_reached", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "prompt is too long", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "exceed context limit", CONTEXT_LENGTH),

          // OpenAI, and servers that speak like it (vLLM).
          rule(RATE_LIMITED, "insufficient_quota", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "request too large for", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "request too large for", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "context_length_exceeded", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "maximum context length is", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "exceeds the context window", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "safety system", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "content_policy_violation", CONTENT_FILTERED),

          // Azure OpenAI.
          rule(INVALID_REQUEST, "responsibleaipolicyviolation", CONTENT_FILTERED),
          rule(INVALID_REQUEST, "content management policy", CONTENT_FILTERED),
          rule(RATE_LIMITED, "experiencing high demand", OVERLOADED),

          // Gemini: a quota of a day, or of nothing, is no rate limit; its RetryInfo says some
          // seconds all the same. "You exceeded your current quota" tells nothing: it says that for
          // limits per minute too.
          rule(RATE_LIMITED, "quotaid", "perday", QUOTA_EXHAUSTED),
          rule(RATE_LIMITED, "quota exceeded for metric", "limit: 0", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "exceeds the maximum number of tokens allowed", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "api_key_invalid", UNAUTHORIZED),
          rule(INVALID_REQUEST, "api key not valid", UNAUTHORIZED),

          // Amazon Bedrock.
          rule(RATE_LIMITED, "too many tokens per day", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "input is too long", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "too many input tokens", CONTEXT_LENGTH),
          rule(INVALID_REQUEST, "expected maxlength", CONTEXT_LENGTH),

          // Cohere: trial keys have a limit per minute and one per month.
          rule(RATE_LIMITED, "calls / month", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "too many tokens", CONTEXT_LENGTH),

          // Ollama. The first is its cloud's limit of a session, an hour or a week.
          rule(RATE_LIMITED, "reached your", "usage limit", QUOTA_EXHAUSTED),
          rule(INVALID_REQUEST, "does not support tools", UNSUPPORTED),
          rule(INVALID_REQUEST, "does not support chat", UNSUPPORTED),
          rule(INVALID_REQUEST, "does not support thinking", UNSUPPORTED),

          // llama.cpp server.
          rule(INVALID_REQUEST, "exceeds the available context size", CONTEXT_LENGTH),

          // OpenRouter.
          rule(QUOTA_EXHAUSTED, "in_flight_budget", RATE_LIMITED),

          // An error event in a stream that began with HTTP 200, as JSON in the message.
          rule(UNKNOWN, "\"overloaded_error", OVERLOADED),
          rule(UNKNOWN, "\"server_is_overloaded", OVERLOADED),
          rule(UNKNOWN, "\"rate_limit_e", RATE_LIMITED),
          rule(UNKNOWN, "\"timeout_error", TIMEOUT),
          rule(UNKNOWN, "\"api_error", SERVER),
          rule(UNKNOWN, "\"server_error", SERVER));

  private MessageRules() {}

  /**
   * Returns the first rule that matches, or null.
   *
   * @param taken what the failure was taken for without its message; for {@code UNKNOWN}, rules of
   *     other kinds are tried first
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
