package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest(name = "OpenAI {0} {1} {2}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          429, rate_limit_exceeded, requests, Rate limit reached for gpt-x. Limit 3, RATE_LIMITED
          429, rate_limit_exceeded, tokens, Rate limit reached. Try again in 456ms, RATE_LIMITED
          429, rate_limit_exceeded, tokens, Request too large for gpt-x on TPM, CONTEXT_LENGTH
          429, -, tokens, Request too large for gpt-x on TPM, CONTEXT_LENGTH
          429, slow_down, rate_limit_error, Slow down, RATE_LIMITED
          503, slow_down, -, Slow down, OVERLOADED
          429, insufficient_quota, insufficient_quota, You exceeded your quota, QUOTA_EXHAUSTED
          429, -, insufficient_quota, You exceeded your quota, QUOTA_EXHAUSTED
          429, rate_limit_exceeded, insufficient_quota, -, QUOTA_EXHAUSTED
          429, insufficient_quota, rate_limit_error, Please try again in 1s, QUOTA_EXHAUSTED
          429, credit_balance_exhausted, -, -, QUOTA_EXHAUSTED
          429, organization_spend_limit_exceeded, -, -, QUOTA_EXHAUSTED
          429, project_spend_limit_exceeded, -, -, QUOTA_EXHAUSTED
          429, organization_usage_limit_exceeded, -, -, QUOTA_EXHAUSTED
          429, billing_not_active, billing_not_active, -, QUOTA_EXHAUSTED
          400, billing_hard_limit_reached, invalid_request_error, -, QUOTA_EXHAUSTED
          503, server_is_overloaded, service_unavailable_error, -, OVERLOADED
          503, -, service_unavailable_error, -, OVERLOADED
          500, server_error, server_error, -, SERVER
          200, server_error, -, -, SERVER
          401, invalid_api_key, invalid_request_error, -, UNAUTHORIZED
          401, ip_not_authorized, invalid_request_error, -, UNAUTHORIZED
          401, -, invalid_request_error, You didn't provide an API key, UNAUTHORIZED
          403, unsupported_country_region_territory, request_forbidden, -, FORBIDDEN
          404, model_not_found, invalid_request_error, -, NOT_FOUND
          404, -, invalid_request_error, Invalid URL, NOT_FOUND
          400, context_length_exceeded, invalid_request_error, -, CONTEXT_LENGTH
          400, -, invalid_request_error, This model's maximum context length is 8192, CONTEXT_LENGTH
          400, -, invalid_request_error, This model's maximum context length is8192, CONTEXT_LENGTH
          400, -, -, Your input exceeds the context window of this model, CONTEXT_LENGTH
          400, content_policy_violation, -, -, CONTENT_FILTERED
          400, content_filter, -, -, CONTENT_FILTERED
          400, image_content_policy_violation, -, -, CONTENT_FILTERED
          400, moderation_blocked, image_generation_user_error, -, CONTENT_FILTERED
          400, invalid_prompt, invalid_request_error, flagged as violating our usage policy, CONTENT_FILTERED
          400, bio_policy, -, -, CONTENT_FILTERED
          400, misalignment_policy_violation, -, -, CONTENT_FILTERED
          400, -, invalid_request_error, Rejected by our safety system, CONTENT_FILTERED
          400, -, invalid_request_error, Unknown parameter, INVALID_REQUEST
          422, -, invalid_request_error, -, INVALID_REQUEST
          400, invalid_prompt, invalid_request_error, -, INVALID_REQUEST
          """)
  void openAi(int status, @Nullable String code, @Nullable String type, String message, String k) {
    assertKind(status, code, type, message, k);
  }

  @ParameterizedTest(name = "Azure {0} {1}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          400, content_filter, -, -, CONTENT_FILTERED
          400, ResponsibleAIPolicyViolation, -, -, CONTENT_FILTERED
          400, -, -, triggering Azure OpenAI's content management policy, CONTENT_FILTERED
          429, 429, -, Please retry after 37 seconds, RATE_LIMITED
          429, RateLimitReached, -, Please retry after 37 seconds, RATE_LIMITED
          429, 429, -, The system is experiencing high demand, OVERLOADED
          404, DeploymentNotFound, -, -, NOT_FOUND
          """)
  void azure(int status, @Nullable String code, @Nullable String type, String message, String k) {
    assertKind(status, code, type, message, k);
  }

  @ParameterizedTest(name = "Anthropic {0} {1} {2}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          400, -, invalid_request_error, max_tokens is required, INVALID_REQUEST
          400, -, invalid_request_error, prompt is too long: 9 tokens > 8 maximum, CONTEXT_LENGTH
          400, -, invalid_request_error, input length and max_tokens exceed context limit, CONTEXT_LENGTH
          400, -, invalid_request_error, Your credit balance is too low, QUOTA_EXHAUSTED
          429, -, rate_limit_error, Extra usage is required for long context requests., QUOTA_EXHAUSTED
          400, -, invalid_request_error, You're out of extra usage, QUOTA_EXHAUSTED
          400, -, invalid_request_error, Output blocked by content filtering policy, CONTENT_FILTERED
          200, -, invalid_request_error, Output blocked by content filtering policy, CONTENT_FILTERED
          400, -, invalid_request_error, You have reached your specified API usage limits, QUOTA_EXHAUSTED
          401, -, authentication_error, -, UNAUTHORIZED
          402, -, billing_error, -, QUOTA_EXHAUSTED
          403, -, permission_error, -, FORBIDDEN
          404, -, not_found_error, -, NOT_FOUND
          409, -, conflict_error, -, SERVER
          413, -, request_too_large, -, INVALID_REQUEST
          413, -, -, <html>413 Request Entity Too Large</html>, INVALID_REQUEST
          429, -, rate_limit_error, -, RATE_LIMITED
          429, enforced_spend_limit_reached, rate_limit_error, -, QUOTA_EXHAUSTED
          429, contract_spend_limit_reached, rate_limit_error, -, QUOTA_EXHAUSTED
          429, -, rate_limit_error, {"error_code":"enforced_spend_limit_reached"}, QUOTA_EXHAUSTED
          429, -, rate_limit_error, You have reached your API usage limits: …, QUOTA_EXHAUSTED
          429, ramp_limit_exceeded, rate_limit_error, -, RATE_LIMITED
          500, -, api_error, -, SERVER
          504, -, timeout_error, -, TIMEOUT
          529, -, overloaded_error, Overloaded, OVERLOADED
          200, -, overloaded_error, Overloaded, OVERLOADED
          200, -, api_error, -, SERVER
          200, -, rate_limit_error, -, RATE_LIMITED
          200, -, invalid_request_error, prompt is too long: 9 > 8, CONTEXT_LENGTH
          200, -, invalid_request_error, -, INVALID_REQUEST
          200, -, -, {"error":{"type":"overloaded_error"}}, OVERLOADED
          200, -, -, {\\"type\\":\\"rate_limit_error\\"}, RATE_LIMITED
          200, -, -, {"type":"timeout_error"}, TIMEOUT
          200, -, -, {"type":"api_error"}, SERVER
          200, -, something_new, -, UNKNOWN
          """)
  void anthropic(
      int status, @Nullable String code, @Nullable String type, String message, String k) {
    assertKind(status, code, type, message, k);
  }

  @ParameterizedTest(name = "Google {0} {1} {3}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          429, RESOURCE_EXHAUSTED, -, 'Resource exhausted, please try again later', RATE_LIMITED
          429, RESOURCE_EXHAUSTED, -, You exceeded your current quota. Please retry in 10.68s., RATE_LIMITED
          429, RESOURCE_EXHAUSTED, -, '"quotaId": "GenerateRequestsPerMinutePerProject"', RATE_LIMITED
          429, RESOURCE_EXHAUSTED, -, '"quotaId": "GenerateRequestsPerDayPerProject"', QUOTA_EXHAUSTED
          429, RESOURCE_EXHAUSTED, -, 'Quota exceeded for metric: m, limit: 0, model: x', QUOTA_EXHAUSTED
          429, RESOURCE_EXHAUSTED, -, 'Quota exceeded for metric: m, limit: 0', QUOTA_EXHAUSTED
          429, RESOURCE_EXHAUSTED, -, 'Quota exceeded for metric: m, limit: 05', RATE_LIMITED
          429, RESOURCE_EXHAUSTED, -, 'Quota exceeded for metric: m, limit: 0.5', RATE_LIMITED
          429, RESOURCE_EXHAUSTED, -, 'Rate limit: 0 requests left', RATE_LIMITED
          503, UNAVAILABLE, -, The model is overloaded, OVERLOADED
          500, INTERNAL, -, -, SERVER
          500, UNKNOWN, -, -, SERVER
          504, DEADLINE_EXCEEDED, -, -, TIMEOUT
          400, INVALID_ARGUMENT, -, -, INVALID_REQUEST
          400, INVALID_ARGUMENT, -, API key not valid. reason: API_KEY_INVALID, UNAUTHORIZED
          400, API_KEY_INVALID, INVALID_ARGUMENT, -, UNAUTHORIZED
          400, INVALID_ARGUMENT, -, The input exceeds the maximum number of tokens allowed, CONTEXT_LENGTH
          400, FAILED_PRECONDITION, -, User location is not supported, FORBIDDEN
          401, UNAUTHENTICATED, -, -, UNAUTHORIZED
          403, PERMISSION_DENIED, -, -, FORBIDDEN
          403, BILLING_DISABLED, PERMISSION_DENIED, This API method requires billing, QUOTA_EXHAUSTED
          403, -, PERMISSION_DENIED, This API method requires billing to be enabled, QUOTA_EXHAUSTED
          403, dailyLimitExceeded, -, Daily Limit Exceeded, QUOTA_EXHAUSTED
          403, quotaExceeded, -, -, QUOTA_EXHAUSTED
          403, userRateLimitExceeded, -, User Rate Limit Exceeded, RATE_LIMITED
          400, INVALID_ARGUMENT, -, The prompt has PROHIBITED_CONTENT, CONTENT_FILTERED
          400, PROHIBITED_CONTENT, -, -, CONTENT_FILTERED
          400, INVALID_ARGUMENT, -, violates Google's Responsible AI practices, CONTENT_FILTERED
          400, INVALID_ARGUMENT, -, Your current safety filter threshold prohibited it, CONTENT_FILTERED
          400, INVALID_ARGUMENT, -, Invalid value at safety_settings, INVALID_REQUEST
          200, -, -, '{"promptFeedback":{"blockReason":"SAFETY"}}', CONTENT_FILTERED
          429, RESOURCE_EXHAUSTED, -, Quota exceeded for x.com/tokens_per_day_per_base_model, QUOTA_EXHAUSTED
          429, RESOURCE_EXHAUSTED, -, Quota exceeded for x.com/tokens_per_minute_per_base_model, RATE_LIMITED
          429, RESOURCE_EXHAUSTED, -, '{"metadata":{"quota_limit":"RequestsPerDayPerProject"}}', QUOTA_EXHAUSTED
          404, NOT_FOUND, -, -, NOT_FOUND
          402, -, -, -, QUOTA_EXHAUSTED
          499, CANCELLED, -, The operation was cancelled., SERVER
          200, -, CANCELLED, -, SERVER
          0, -, CANCELLED, -, SERVER
          200, canceled, -, -, SERVER
          500, overloaded_error, CANCELLED, -, OVERLOADED
          429, RESOURCE_EXHAUSTED, CANCELLED, -, RATE_LIMITED
          501, UNIMPLEMENTED, -, -, UNSUPPORTED
          429, rate_limit_exceeded, -, -, RATE_LIMITED
          429, too_many_requests, -, -, RATE_LIMITED
          429, quota_exceeded, -, -, QUOTA_EXHAUSTED
          0, UNAVAILABLE, -, -, OVERLOADED
          200, -, RESOURCE_EXHAUSTED, -, RATE_LIMITED
          """)
  void google(int status, @Nullable String code, @Nullable String type, String message, String k) {
    assertKind(status, code, type, message, k);
  }

  @ParameterizedTest(name = "Bedrock {0} {1} {3}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          429, ThrottlingException, -, 'Too many tokens, please wait before trying again.', RATE_LIMITED
          429, ThrottlingException, -, Too many tokens per day, QUOTA_EXHAUSTED
          429, ModelNotReadyException, -, -, OVERLOADED
          503, ServiceUnavailableException, -, -, OVERLOADED
          500, InternalServerException, -, -, SERVER
          408, ModelTimeoutException, -, -, TIMEOUT
          424, ModelErrorException, -, -, SERVER
          400, ModelErrorException, -, -, INVALID_REQUEST
          424, ModelStreamErrorException, -, -, SERVER
          200, ModelStreamErrorException, -, -, SERVER
          400, ServiceQuotaExceededException, -, -, QUOTA_EXHAUSTED
          400, ValidationException, -, Malformed input, INVALID_REQUEST
          400, ValidationException, -, Input is too long for requested model., CONTEXT_LENGTH
          400, ValidationException, -, Too many input tokens, CONTEXT_LENGTH
          400, ValidationException, -, 'expected maxLength: 100', CONTEXT_LENGTH
          403, AccessDeniedException, -, -, FORBIDDEN
          404, ResourceNotFoundException, -, -, NOT_FOUND
          400, ConflictException, -, -, INVALID_REQUEST
          400, com.amazon#ThrottlingException:http://internal/, -, -, RATE_LIMITED
          400, ThrottledException, -, -, RATE_LIMITED
          400, RequestThrottled, -, -, RATE_LIMITED
          400, TooManyRequestsException, -, -, RATE_LIMITED
          400, RequestLimitExceeded, -, -, RATE_LIMITED
          400, RequestTimeout, -, -, TIMEOUT
          403, RequestTimeTooSkewed, -, -, SERVER
          400, RequestExpired, -, -, SERVER
          403, RequestInTheFuture, -, -, SERVER
          403, InvalidSignatureException, -, -, SERVER
          403, InvalidSignatureException, -, Signature expired: 20180920T174101Z is now earlier than 20180920T174504Z, SERVER
          403, InvalidSignatureException, -, The request signature we calculated does not match the signature you provided., FORBIDDEN
          403, SignatureDoesNotMatch, -, Signature not yet current: 20180920T175101Z is still later than 20180920T174504Z, SERVER
          403, SignatureDoesNotMatch, -, The request signature we calculated does not match the signature you provided., FORBIDDEN
          400, ValidationException, -, This request has been blocked by our content filters., CONTENT_FILTERED
          """)
  void bedrock(int status, @Nullable String code, @Nullable String type, String message, String k) {
    assertKind(status, code, type, message, k);
  }

  @ParameterizedTest(name = "others {0} {1} {2} {3}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          503, -, -, 'server busy, please try again.  maximum pending requests exceeded', OVERLOADED
          503, -, -, 'Server overloaded, please retry shortly', OVERLOADED
          404, -, -, 'model "x" not found, try pulling it first', NOT_FOUND
          429, -, -, you've reached your hourly usage limit, QUOTA_EXHAUSTED
          429, -, -, you (x) have reached your weekly usage limit, QUOTA_EXHAUSTED
          429, -, -, too many requests, RATE_LIMITED
          400, -, -, x does not support tools, UNSUPPORTED
          400, -, -, '"x" does not support chat', UNSUPPORTED
          400, -, -, '"x" does not support thinking', UNSUPPORTED
          499, -, -, request canceled, SERVER
          503, -, unavailable_error, Loading model, OVERLOADED
          400, -, exceed_context_size_error, -, CONTEXT_LENGTH
          500, -, -, the request exceeds the available context size, SERVER
          400, -, -, the request exceeds the available context size, CONTEXT_LENGTH
          501, -, not_supported_error, -, UNSUPPORTED
          500, -, InternalServerError, EngineCore died, SERVER
          400, 400, BadRequestError, This model's maximum context length is 4096 tokens, CONTEXT_LENGTH
          200, 400, BadRequestError, This model's maximum context length is 4096 tokens, CONTEXT_LENGTH
          429, -, invalid_request_error, Service tier capacity exceeded for this model., RATE_LIMITED
          429, 1300, rate_limited, -, RATE_LIMITED
          402, -, -, -, QUOTA_EXHAUSTED
          429, -, -, limited to 10 API calls / minute, RATE_LIMITED
          429, -, -, limited to 1000 API calls / month, QUOTA_EXHAUSTED
          400, -, -, 'too many tokens: size limit exceeded', CONTEXT_LENGTH
          498, -, -, -, OVERLOADED
          413, rate_limit_exceeded, tokens, Request too large for model x on TPM, CONTEXT_LENGTH
          200, 502, -, Provider returned error, SERVER
          200, 429, -, -, RATE_LIMITED
          200, 402, -, -, QUOTA_EXHAUSTED
          402, 402, -, limit_source: openrouter_in_flight_budget, RATE_LIMITED
          402, in_flight_budget_exhausted, -, -, RATE_LIMITED
          402, weight_exceeds_budget, -, -, QUOTA_EXHAUSTED
          429, 1113, -, 余额不足或无可用资源包, QUOTA_EXHAUSTED
          429, 1308, -, Usage limit reached for 5 hour. Your limit will reset at 2025-12-01 11:31:35, QUOTA_EXHAUSTED
          429, -, usage_limit_reached, The usage limit has been reached, QUOTA_EXHAUSTED
          429, -, exceeded_current_quota_error, check your plan, QUOTA_EXHAUSTED
          429, -, engine_overloaded_error, -, OVERLOADED
          429, 429, budget_exceeded, exceeded budget for model, QUOTA_EXHAUSTED
          400, 400, auth_error, Budget has been exceeded! Current cost: 0.1, QUOTA_EXHAUSTED
          500, -, api_error, insufficient balance (1008), QUOTA_EXHAUSTED
          403, INSUFFICIENT_BALANCE, -, Insufficient account balance, QUOTA_EXHAUSTED
          403, -, -, You have run out of credits., QUOTA_EXHAUSTED
          403, -, -, Your plan does not include this model., FORBIDDEN
          403, -, permission_error, You've reached your usage limit for this billing cycle., QUOTA_EXHAUSTED
          429, -, credit_limit, You have been rate limited. Your rate limit is 60 queries per minute., RATE_LIMITED
          402, -, credit_limit, Credit limit exceeded., QUOTA_EXHAUSTED
          429, MODEL_CAPACITY_EXHAUSTED, RESOURCE_EXHAUSTED, No capacity available, OVERLOADED
          429, -, -, The service is temporarily at capacity., OVERLOADED
          429, -, RESOURCE_EXHAUSTED, No capacity available for model gemini-3, OVERLOADED
          400, model_decommissioned, invalid_request_error, -, NOT_FOUND
          400, 1500, invalid_model, -, NOT_FOUND
          400, -, -, Incorrect API key provided, UNAUTHORIZED
          400, -, invalid_request_error, Content Exists Risk, CONTENT_FILTERED
          400, data_inspection_failed, -, Input data may contain inappropriate content., CONTENT_FILTERED
          400, -, -, 'The free tier of the model has been exhausted.', QUOTA_EXHAUSTED
          400, -, invalid_request_error, 'Range of input length should be [1, 30720]', CONTEXT_LENGTH
          400, SensitiveContentDetected, BadRequest, may contain sensitive information, CONTENT_FILTERED
          400, -, -, '{"error":{"code":"InputTextSensitiveContentDetected","message":"m"}}', CONTENT_FILTERED
          400, 1301, -, 系统检测到输入或生成内容可能包含不安全或敏感内容, CONTENT_FILTERED
          200, 1026, -, input new_sensitive, CONTENT_FILTERED
          451, -, censorship_blocked, The content you provided or machine outputted is blocked., CONTENT_FILTERED
          400, 400, -, litellm.ContentPolicyViolationError: blocked, CONTENT_FILTERED
          403, -, -, 'Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO', CONTENT_FILTERED
          400, -, -, This model's maximum prompt length is 131072, CONTEXT_LENGTH
          403, 403, -, Your input was flagged for violence. No credits were charged., CONTENT_FILTERED
          403, 403, -, Key limit exceeded (total limit)., QUOTA_EXHAUSTED
          400, 3051, -, 'Prompt contains 40000 tokens, too large for model with 32768 maximum', CONTEXT_LENGTH
          400, -, -, 'Your request exceeded model token limit: 131072', CONTEXT_LENGTH
          422, -, -, '`inputs` tokens + `max_new_tokens` must be <= 4096', CONTEXT_LENGTH
          400, -, -, The prompt is longer than the maximum model length of 4096, CONTEXT_LENGTH
          429, 1308, -, 已达到 5 小时的使用上限。您的限额将在 2025-12-01 11:31:35 重置。, QUOTA_EXHAUSTED
          403, -, -, Quota exceeded, QUOTA_EXHAUSTED
          200, 18, -, Open api qps request limit reached, RATE_LIMITED
          200, 17, -, Open api daily request limit reached, QUOTA_EXHAUSTED
          200, 1002, -, rate limit exceeded(RPM), RATE_LIMITED
          418, -, -, Too Many Requests, RATE_LIMITED
          400, -, -, the rate limit must be positive, INVALID_REQUEST
          """)
  void others(int status, @Nullable String code, @Nullable String type, String message, String k) {
    assertKind(status, code, type, message, k);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      textBlock =
          """
          400, INVALID_REQUEST
          401, UNAUTHORIZED
          402, QUOTA_EXHAUSTED
          403, FORBIDDEN
          404, NOT_FOUND
          405, INVALID_REQUEST
          408, TIMEOUT
          409, SERVER
          410, NOT_FOUND
          413, INVALID_REQUEST
          415, INVALID_REQUEST
          418, UNKNOWN
          422, INVALID_REQUEST
          424, SERVER
          425, SERVER
          429, RATE_LIMITED
          451, UNKNOWN
          498, OVERLOADED
          499, SERVER
          500, SERVER
          501, UNSUPPORTED
          502, SERVER
          503, OVERLOADED
          504, TIMEOUT
          505, UNSUPPORTED
          520, SERVER
          524, TIMEOUT
          529, OVERLOADED
          599, SERVER
          600, UNKNOWN
          302, UNKNOWN
          200, UNKNOWN
          0, UNKNOWN
          -1, UNKNOWN
          """)
  void aStatusAloneDecidesWhereNothingElseTells(int status, FailureKind kind) {
    Failure failure = classify(status, null, null, null);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.statusCode()).isEqualTo(Math.max(0, status));
    assertThat(failure.reason()).isEqualTo(status > 0 ? "HTTP " + status : "unknown error");
  }

  @ParameterizedTest(name = "{0} {1} {2}, x-should-retry: {3}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          400, -, invalid_request_error, true, SERVER
          402, -, -, true, RATE_LIMITED
          401, -, -, TRUE, SERVER
          418, -, -, true, SERVER
          529, -, overloaded_error, true, OVERLOADED
          503, -, -, true, OVERLOADED
          429, -, rate_limit_error, false, UNKNOWN
          429, rate_limit_exceeded, -, false, UNKNOWN
          500, -, api_error, false, UNKNOWN
          503, -, -, ' False ', UNKNOWN
          400, -, -, false, INVALID_REQUEST
          503, -, -, maybe, OVERLOADED
          429, insufficient_quota, -, true, QUOTA_EXHAUSTED
          529, -, overloaded_error, false, OVERLOADED
          499, -, -, true, SERVER
          499, -, -, false, UNKNOWN
          200, -, rate_limit_error, false, RATE_LIMITED
          """)
  void theShouldRetryHeaderCountsMoreThanStatusAndLessThanDefiniteMarkers(
      int status, @Nullable String code, @Nullable String type, String header, FailureKind kind) {
    Failure failure =
        classify(
            FailureFacts.builder()
                .statusCode(status)
                .headers(Map.of("X-Should-Retry", List.of(header)))
                .errorCode(code)
                .errorType(type)
                .build());
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          499, -, -, -
          499, -, overloaded_error, -
          0, -, CANCELLED, -
          200, canceled, -, -
          200, -, -, '{"error":{"code":499,"message":"m","status":"CANCELLED"}}'
          """)
  void aCancellationIsOursIfTheAttemptWasCutOff(
      int status, @Nullable String code, @Nullable String type, @Nullable String message) {
    FailureFacts facts =
        FailureFacts.builder()
            .statusCode(status)
            .errorCode(code)
            .errorType(type)
            .message(message)
            .build();
    assertThat(ProviderRules.classify(new ParsedFacts(facts, () -> NOW), true).failure().kind())
        .isEqualTo(FailureKind.CANCELLED);
    assertThat(classify(facts).kind().isRetryable()).isTrue();
  }

  @Test
  void theReasonNamesTheShouldRetryHeader() {
    FailureFacts facts = response(429, Map.of("x-should-retry", List.of("false")));
    assertThat(classify(facts).reason()).isEqualTo("HTTP 429, x-should-retry: false");
  }

  @Test
  void aMessageCountsMoreThanTheShouldRetryHeader() {
    FailureFacts facts =
        FailureFacts.builder()
            .statusCode(400)
            .headers(Map.of("x-should-retry", List.of("true")))
            .errorType("invalid_request_error")
            .message("prompt is too long: 9 tokens > 8 maximum")
            .build();
    assertThat(classify(facts).kind()).isEqualTo(FailureKind.CONTEXT_LENGTH);
  }

  @Test
  void aPaymentRequiredThatSaysWhenToRetryPasses() {
    FailureFacts facts = response(402, Map.of("Retry-After", List.of("3")));
    assertThat(classify(facts).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    FailureFacts past = response(402, Map.of("Retry-After", List.of("0")));
    assertThat(classify(past).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INSUFFICIENT_QUOTA", "Insufficient_Quota", " insufficient_quota "})
  void codesAreComparedWithoutRegardToCase(String code) {
    assertThat(classify(429, code, null, null).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"InsufficientQuota", "insufficientQuota", "insufficient-quota"})
  void codesAreComparedWithoutRegardToTheStyleOfTheName(String code) {
    assertThat(classify(429, code, null, null).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  /** No list of names is complete. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RateLimitReached",
        "rpm_rate_limit_exceeded",
        "RateLimitExceeded.EndpointRPMExceeded",
        "REQUEST_LIMIT_EXCEEDED",
        "Throttling.User",
        "TooManyRequestsException"
      })
  void anUnknownCodeMayNameARateLimit(String code) {
    assertThat(classify(200, code, null, null).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(classify(403, null, code, null).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(classify(403, null, null, "{\"code\":\"" + code + "\"}").kind())
        .isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(classify(429, code, null, "Insufficient balance").kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(403, null, null, "{\"error\":\"no permission for " + code + "\"}").kind())
        .isEqualTo(FailureKind.FORBIDDEN);
  }

  /** The name of a limit may be that of something else. */
  @ParameterizedTest
  @CsvSource({
    "400, invalid_rate_limit_config, INVALID_REQUEST",
    "401, rate_limit_token_missing, UNAUTHORIZED",
    "404, ThrottlingPolicyNotFound, NOT_FOUND",
    "400, ThrottlingException, RATE_LIMITED",
    "400, Throttling.User, RATE_LIMITED",
    "429, ThrottlingPolicyNotFound, RATE_LIMITED"
  })
  void anUnknownCodeDoesNotOverrideAPermanentStatus(int status, String code, FailureKind kind) {
    assertThat(classify(status, code, null, null).kind()).isEqualTo(kind);
    assertThat(classify(status, null, code, null).kind()).isEqualTo(kind);
    assertThat(classify(status, null, null, "{\"code\":\"" + code + "\"}").kind()).isEqualTo(kind);
  }

  @Test
  void aTextAboutARateLimitDoesNotExplainAnUnknownCode() {
    String message = "tool 'set rate limit' has no parameters";
    String body = "{\"error\":{\"type\":\"bad_tool_schema\",\"message\":\"" + message + "\"}}";
    assertThat(classify(200, null, null, body).kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(classify(200, "bad_tool_schema", null, message).kind())
        .isEqualTo(FailureKind.UNKNOWN);
    assertThat(classify(200, null, "bad_tool_schema", message).kind())
        .isEqualTo(FailureKind.UNKNOWN);
    String general = "{\"type\":\"error\",\"code\":1002,\"message\":\"rate limit exceeded\"}";
    assertThat(classify(200, null, null, general).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  /** A code in the body is read as the code that an SDK returns. */
  @Test
  void anUnknownRateLimitMayBeOneOfADay() {
    String code = "DailyRateLimitExceeded";
    assertThat(classify(429, code, null, null).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(429, null, null, "{\"code\":\"" + code + "\"}").kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage limit reached for 1 minute",
        "the usage limit has been reached",
        "you have reached your hourly usage limit",
        "已达到每分钟使用上限"
      })
  void aUsageLimitMayPassSoon(String message) {
    FailureFacts.Builder facts = FailureFacts.builder().statusCode(429).message(message);
    assertThat(classify(facts.build()).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    Failure soon = classify(facts.headers(Map.of("retry-after", List.of("20"))).build());
    assertThat(soon.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(soon.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    Failure later = classify(facts.headers(Map.of("retry-after", List.of("7200"))).build());
    assertThat(later.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @Test
  void anUnknownCodeLeavesItToTypeAndStatus() {
    assertThat(classify(429, "brand_new", "insufficient_quota", null).kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(503, "brand_new", "brand_new", null).kind())
        .isEqualTo(FailureKind.OVERLOADED);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"RATE_LIMITED", "QUOTA_EXHAUSTED", "OVERLOADED", "CONTEXT_LENGTH"})
  void aMessageNeverTurnsADefiniteCodeRound(FailureKind other) {
    String message =
        switch (other) {
          case RATE_LIMITED -> "in_flight_budget";
          case QUOTA_EXHAUSTED -> "insufficient_quota, your credit balance is too low";
          case OVERLOADED -> "experiencing high demand, \"overloaded_error\"";
          default -> "maximum context length is 1, request too large for";
        };
    assertThat(classify(404, "model_not_found", null, message).kind())
        .isEqualTo(FailureKind.NOT_FOUND);
    assertThat(classify(200, null, "overloaded_error", message).kind())
        .isEqualTo(FailureKind.OVERLOADED);
  }

  @Test
  void wordsOfTheUserDoNotMakeAServerErrorOrAnUnauthorisedCallAnythingElse() {
    String quoted = "\"overloaded_error\" prompt is too long insufficient_quota perday quotaid";
    assertThat(classify(500, null, null, quoted).kind()).isEqualTo(FailureKind.SERVER);
    assertThat(classify(401, null, null, quoted).kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    String inRefusal = quoted.replace("insufficient_quota", "");
    assertThat(classify(403, null, null, inRefusal).kind()).isEqualTo(FailureKind.FORBIDDEN);
  }

  @Test
  void aMessageIsNotReadWithoutAProviderBehindIt() {
    String message = "{\"type\":\"overloaded_error\"} try again in 5s";
    Failure failure = classify(0, null, null, message);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(failure.retryAfter()).isNull();
  }

  @Test
  void theReasonIsNeverTheProvidersOwnText() {
    Failure failure = classify(429, "INSUFFICIENT_quota", null, null);
    assertThat(failure.reason()).isEqualTo("error insufficient_quota");
    assertThat(classify(503, "line\nbreak", null, "line\nbreak").reason()).isEqualTo("HTTP 503");
    assertThat(classify(400, null, null, "PROMPT is too long\n").reason())
        .isEqualTo("message \"prompt is too long\"");
  }

  @Test
  void hugeCodesAndMessagesAreCutAndTheirEndsStillRead() {
    String filler = "x".repeat(2_000_000);
    assertThat(classify(429, filler, filler, filler + "\"quotaId\":\"RequestsPerDay\"").kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(400, null, null, "prompt is too long" + filler).kind())
        .isEqualTo(FailureKind.CONTEXT_LENGTH);
    assertThat(classify(400, null, null, filler + "prompt is too long" + filler).kind())
        .isEqualTo(FailureKind.INVALID_REQUEST);
  }

  private static void assertKind(
      int status,
      @Nullable String code,
      @Nullable String type,
      @Nullable String message,
      String kind) {
    assertThat(classify(status, code, type, message).kind()).isEqualTo(FailureKind.valueOf(kind));
  }

  private static Failure classify(
      int status, @Nullable String code, @Nullable String type, @Nullable String message) {
    return classify(
        FailureFacts.builder()
            .statusCode(status)
            .errorCode(code)
            .errorType(type)
            .message(message)
            .build());
  }

  private static Failure classify(FailureFacts facts) {
    return ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure();
  }

  private static FailureFacts response(int status, Map<String, List<String>> headers) {
    return FailureFacts.builder().statusCode(status).headers(headers).build();
  }
}
