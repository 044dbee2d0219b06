package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.CONTENT_FILTERED;
import static dev.llmretry.FailureKind.CONTEXT_LENGTH;
import static dev.llmretry.FailureKind.FORBIDDEN;
import static dev.llmretry.FailureKind.INVALID_OUTPUT;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.NOT_FOUND;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.QUOTA_EXHAUSTED;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNSUPPORTED;
import static dev.llmretry.runtime.internal.classification.ErrorCodeRule.Precedence.DEFINITE;
import static dev.llmretry.runtime.internal.classification.ErrorCodeRule.Precedence.OPEN;
import static dev.llmretry.runtime.internal.classification.ErrorCodeRule.Precedence.VAGUE;

import dev.llmretry.FailureKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error codes and types of all providers. There is one table, since some providers send as a
 * code the name that others send as a type, and no name has two meanings that differ for a retry.
 */
final class ErrorCodeTable {

  private static final int MAX_LENGTH = 200;

  /** Google's, and Connect's. */
  private static final String[] CANCELLATIONS = {"CANCELLED", "CANCELED"};

  /** Parts of names, as {@link ResponseBody#plain} returns them. */
  private static final List<String> RATE_LIMITS =
      List.of("ratelimit", "throttl", "toomanyrequests", "requestlimitexceeded");

  /** The rule for a name that is not in the table, and for a text, about a rate limit. */
  static final ErrorCodeRule RATE_LIMIT =
      new ErrorCodeRule(RATE_LIMITED, OPEN, "words of a rate limit");

  /** By the {@linkplain ResponseBody#plain plain} name. */
  private static final Map<String, ErrorCodeRule> RULES = new HashMap<>();

  static {
    // OpenAI: API error codes, and the codes of a failed response.
    put(
        QUOTA_EXHAUSTED,
        DEFINITE,
        "insufficient_quota",
        "credit_balance_exhausted",
        "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
        "billing_hard_limit_reached",
        "billing_not_active");
    put(RATE_LIMITED, OPEN, "rate_limit_exceeded");
    put(RATE_LIMITED, VAGUE, "slow_down", "requests", "tokens");
    put(OVERLOADED, DEFINITE, "server_is_overloaded", "service_unavailable_error");
    put(SERVER, VAGUE, "server_error");
    put(UNAUTHORIZED, DEFINITE, "invalid_api_key", "ip_not_authorized");
    put(FORBIDDEN, DEFINITE, "unsupported_country_region_territory");
    put(NOT_FOUND, DEFINITE, "model_not_found");
    put(CONTEXT_LENGTH, DEFINITE, "context_length_exceeded");
    put(
        CONTENT_FILTERED,
        DEFINITE,
        "content_policy_violation",
        "content_filter",
        "image_content_policy_violation",
        "moderation_blocked",
        "bio_policy",
        "misalignment_policy_violation");
    put(INVALID_REQUEST, VAGUE, "invalid_request_error", "invalid_prompt");

    // Azure OpenAI: content filtering, and the codes of its gateway.
    put(CONTENT_FILTERED, DEFINITE, "ResponsibleAIPolicyViolation");
    put(NOT_FOUND, DEFINITE, "DeploymentNotFound");
    put(RATE_LIMITED, OPEN, "RateLimitReached");

    // Anthropic: Errors. The spend limits are error codes within the details of a 429 or 402.
    put(UNAUTHORIZED, DEFINITE, "authentication_error");
    put(FORBIDDEN, OPEN, "permission_error");
    put(NOT_FOUND, DEFINITE, "not_found_error");
    put(QUOTA_EXHAUSTED, DEFINITE, "billing_error");
    put(QUOTA_EXHAUSTED, DEFINITE, "enforced_spend_limit_reached", "contract_spend_limit_reached");
    put(
        QUOTA_EXHAUSTED,
        DEFINITE,
        "linked_organization_spend_limit_reached",
        "linked_organization_billing_unavailable");
    put(RATE_LIMITED, DEFINITE, "ramp_limit_exceeded");
    put(SERVER, DEFINITE, "conflict_error");
    put(INVALID_REQUEST, DEFINITE, "request_too_large");
    put(RATE_LIMITED, OPEN, "rate_limit_error");
    put(SERVER, VAGUE, "api_error");
    put(TIMEOUT, DEFINITE, "timeout_error");
    put(OVERLOADED, DEFINITE, "overloaded_error");

    // AWS, all services: the clock of the client is wrong, and the SDK corrects it with the next
    // request. InvalidSignatureException may also mean a wrong key; its message says so.
    put(SERVER, DEFINITE, "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
    put(SERVER, OPEN, "InvalidSignatureException");
    put(TIMEOUT, DEFINITE, "RequestTimeout", "RequestTimeoutException");

    // Google: the status names of Gemini and Vertex AI API errors, and reasons of an ErrorInfo.
    put(RATE_LIMITED, OPEN, "RESOURCE_EXHAUSTED");
    put(OVERLOADED, DEFINITE, "UNAVAILABLE");
    put(SERVER, VAGUE, "INTERNAL", "ABORTED");
    put(TIMEOUT, DEFINITE, "DEADLINE_EXCEEDED");
    put(INVALID_REQUEST, VAGUE, "INVALID_ARGUMENT", "OUT_OF_RANGE");
    put(FORBIDDEN, DEFINITE, "FAILED_PRECONDITION");
    put(FORBIDDEN, OPEN, "PERMISSION_DENIED");
    put(QUOTA_EXHAUSTED, DEFINITE, "BILLING_DISABLED");
    put(CONTENT_FILTERED, DEFINITE, "PROHIBITED_CONTENT");
    put(UNAUTHORIZED, DEFINITE, "UNAUTHENTICATED", "API_KEY_INVALID");
    put(NOT_FOUND, DEFINITE, "NOT_FOUND");
    put(SERVER, VAGUE, CANCELLATIONS);
    put(UNSUPPORTED, DEFINITE, "UNIMPLEMENTED");
    // Gemini's Interactions API. The quota is per day.
    put(RATE_LIMITED, OPEN, "too_many_requests");
    put(QUOTA_EXHAUSTED, DEFINITE, "quota_exceeded");

    // Amazon Bedrock: Troubleshooting API error codes. An extractor that can read the original
    // status of a ModelErrorException uses it as the status.
    put(RATE_LIMITED, OPEN, "ThrottlingException", "ThrottledException", "RequestThrottled");
    put(RATE_LIMITED, OPEN, "RequestThrottledException", "TooManyRequestsException");
    put(RATE_LIMITED, OPEN, "RequestLimitExceeded");
    put(OVERLOADED, DEFINITE, "ModelNotReadyException", "ServiceUnavailableException");
    put(SERVER, DEFINITE, "InternalServerException");
    put(TIMEOUT, DEFINITE, "ModelTimeoutException");
    put(SERVER, VAGUE, "ModelErrorException", "ModelStreamErrorException");
    put(QUOTA_EXHAUSTED, DEFINITE, "ServiceQuotaExceededException");
    put(INVALID_REQUEST, VAGUE, "ValidationException");
    put(FORBIDDEN, DEFINITE, "AccessDeniedException");
    put(NOT_FOUND, DEFINITE, "ResourceNotFoundException");
    put(INVALID_REQUEST, DEFINITE, "ConflictException");

    // llama.cpp server. Its other types are the same as Anthropic's.
    put(OVERLOADED, DEFINITE, "unavailable_error");
    put(CONTEXT_LENGTH, DEFINITE, "exceed_context_size_error");
    put(UNSUPPORTED, DEFINITE, "not_supported_error");

    // Mistral: error glossary.
    put(RATE_LIMITED, OPEN, "rate_limited", "service_tier_capacity_exceeded");

    // Moonshot, Volcengine: error codes. The overload comes with a 429.
    put(QUOTA_EXHAUSTED, DEFINITE, "exceeded_current_quota_error");
    put(RATE_LIMITED, OPEN, "rate_limit_reached_error");
    put(OVERLOADED, DEFINITE, "engine_overloaded_error", "ServerOverloaded");

    // LiteLLM, New API, Sub2API: money. OpenAI's plans: a limit of hours or a week.
    put(QUOTA_EXHAUSTED, DEFINITE, "budget_exceeded", "insufficient_user_quota");
    put(QUOTA_EXHAUSTED, DEFINITE, "insufficient_balance");
    put(QUOTA_EXHAUSTED, DEFINITE, "usage_limit_reached", "usage_not_included");
    put(QUOTA_EXHAUSTED, DEFINITE, "token_quota_reached"); // watsonx

    // Gemini behind Code Assist: the reason in the details of a 429.
    put(OVERLOADED, DEFINITE, "MODEL_CAPACITY_EXHAUSTED");

    // Groq, Mistral: a model that was shut down or does not exist, with a 400.
    put(NOT_FOUND, DEFINITE, "model_decommissioned", "invalid_model");

    // Groq: what the model generated is not the tool call or the JSON that was requested. The next
    // attempt generates anew.
    put(INVALID_OUTPUT, DEFINITE, "tool_use_failed", "json_validate_failed");

    // Cerebras: a limit per minute or day, as the message says; an overload.
    put(RATE_LIMITED, OPEN, "too_many_requests_error");
    put(OVERLOADED, DEFINITE, "queue_exceeded");

    // Alibaba DashScope: a limit per second or minute; content.
    put(RATE_LIMITED, OPEN, "Throttling", "Throttling.RateQuota", "Throttling.AllocationQuota");
    put(RATE_LIMITED, OPEN, "Throttling.BurstRate", "Throttling.User", "Throttling.Api");
    put(QUOTA_EXHAUSTED, DEFINITE, "AllocationQuota.FreeTierOnly", "Arrearage");
    put(CONTENT_FILTERED, DEFINITE, "DataInspectionFailed", "data_inspection_failed");

    // StepFun, with a 451.
    put(CONTENT_FILTERED, DEFINITE, "censorship_blocked");

    // OpenRouter: errors. The budget for requests in flight is released as they end.
    put(RATE_LIMITED, DEFINITE, "in_flight_budget_exhausted");
    put(QUOTA_EXHAUSTED, DEFINITE, "weight_exceeds_budget");
  }

  private ErrorCodeTable() {}

  private static void put(FailureKind kind, ErrorCodeRule.Precedence precedence, String... names) {
    for (String name : names) {
      RULES.put(ResponseBody.plain(name), new ErrorCodeRule(kind, precedence, "error " + name));
    }
  }

  /** Returns the rule for an error code or type, or null if there is none. */
  static @Nullable ErrorCodeRule find(@Nullable String name) {
    if (name == null || name.length() > MAX_LENGTH) {
      return null;
    }
    String plain = ResponseBody.plain(bare(name));
    ErrorCodeRule rule = RULES.get(plain);
    return rule == null && saysRateLimit(plain) ? RATE_LIMIT : rule;
  }

  /** Returns whether a name, of one word, is that of a rate limit: no list of these is complete. */
  private static boolean saysRateLimit(String plain) {
    return plain.indexOf(' ') < 0 && RATE_LIMITS.stream().anyMatch(plain::contains);
  }

  /**
   * Returns whether the rule is that of a cancellation. The server reports one if the client or a
   * proxy has hung up, or under load.
   */
  static boolean isCancellation(@Nullable ErrorCodeRule rule) {
    return rule != null && Arrays.stream(CANCELLATIONS).anyMatch(name -> rule.equals(find(name)));
  }

  /** Removes the namespace and URI of AWS: {@code some.service#ThrottlingException:http://…}. */
  private static String bare(String name) {
    int start = name.indexOf('#') + 1;
    int end = name.indexOf(':', start);
    return name.substring(start, end < 0 ? name.length() : end).strip();
  }
}
