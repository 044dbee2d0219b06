package dev.llmretry.examples.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpErrorExceptionTest {

  @ParameterizedTest
  @CsvSource({
    "400, context_length_exceeded, ContextLengthException, CONTEXT_LENGTH",
    "400, , InvalidRequestException, INVALID_REQUEST",
    "401, invalid_api_key, UnauthorizedException, UNAUTHORIZED",
    "403, , UnauthorizedException, FORBIDDEN",
    "404, model_not_found, InvalidRequestException, NOT_FOUND",
    "429, rate_limit_exceeded, RateLimitException, RATE_LIMITED",
    "429, insufficient_quota, QuotaExceededException, QUOTA_EXHAUSTED",
    "500, , ServerException, SERVER",
    "503, , ServerException, OVERLOADED",
    "529, , ServerException, OVERLOADED",
    "200, server_is_overloaded, ServerException, OVERLOADED",
    "200, rate_limit_exceeded, RateLimitException, RATE_LIMITED",
    "200, insufficient_quota, QuotaExceededException, QUOTA_EXHAUSTED",
    "200, 503, ServerException, OVERLOADED",
  })
  void isOfTheRightClassAndKind(int status, String code, String name, FailureKind kind) {
    check(status, code, null, name, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "200, server_error, ServerException, SERVER",
    "200, overloaded_error, ServerException, OVERLOADED",
    "200, invalid_request_error, InvalidRequestException, INVALID_REQUEST",
    "500, invalid_request_error, ServerException, SERVER",
  })
  void theTypeTellsWhereThereIsNoCode(int status, String type, String name, FailureKind kind) {
    check(status, null, type, name, kind);
  }

  private static void check(int status, String code, String type, String name, FailureKind kind) {
    HttpErrorException error =
        HttpErrorException.of(status, Map.of(), new ErrorBody("message", code, type));

    assertThat(error.getClass().getSimpleName()).isEqualTo(name);
    assertThat(RetryRuntime.standard().classify(error).kind()).isEqualTo(kind);
  }

  @Test
  void tellsWhatTheProviderAsksFor() {
    assertThat(rateLimit(Map.of("retry-after", List.of("2"))).retryAfter())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(rateLimit(Map.of()).retryAfter()).isNull();
  }

  private static RateLimitException rateLimit(Map<String, List<String>> headers) {
    return new RateLimitException(429, headers, new ErrorBody("slow down", null, null));
  }
}
