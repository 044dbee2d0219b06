package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseBodyTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private static Failure classify(int status, String body) {
    FailureFacts facts = FailureFacts.builder().statusCode(status).message(body).build();
    return ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          429 | {"error":{"code":"insufficient_quota","type":"t"}} | QUOTA_EXHAUSTED
          429 | {"error":{"code":null,"type":"insufficient_quota"}} | QUOTA_EXHAUSTED
          429 | {"error":{"Code":"insufficient_quota"}} | QUOTA_EXHAUSTED
          429 | {"type":"error","error":{"type":"rate_limit_error","details":{"error_code":"enforced_spend_limit_reached"}}} | QUOTA_EXHAUSTED
          503 | {"error":{"code":503,"message":"m","status":"UNAVAILABLE"}} | OVERLOADED
          200 | [{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}] | OVERLOADED
          400 | {"error":{"status":"INVALID_ARGUMENT","details":[{"@type":"t","reason":"API_KEY_INVALID"}]}} | UNAUTHORIZED
          400 | {"error":{"code":"x","innererror":{"code":"ResponsibleAIPolicyViolation"}}} | CONTENT_FILTERED
          400 | {"__type":"com.amazon#ThrottlingException","message":"m"} | RATE_LIMITED
          200 | {"object":"error","message":"m","type":"BadRequestError","code":400} | INVALID_REQUEST
          200 | {"error":{"message":"Provider returned error","code":502}} | SERVER
          200 | {"error":{"message":"m","status_code":429}} | RATE_LIMITED
          200 | {"error":{"message":"m","type":"overloaded_error"}} | OVERLOADED
          401 | {"error":"unauthenticated"} | UNAUTHORIZED
          429 | {"error":"server busy"} | RATE_LIMITED
          429 | [] | RATE_LIMITED
          429 | <html>Too Many Requests</html> | RATE_LIMITED
          429 | 429 - {"error":{"type":"insufficient_quota"}} | QUOTA_EXHAUSTED
          429 | Status code 429, "{"error":{"type":"insufficient_quota"}}" | QUOTA_EXHAUSTED
          429 | {"request_id":"r"} and {"error":{"type":"insufficient_quota"}} | QUOTA_EXHAUSTED
          200 | event: error,data: {"type":"error","error":{"type":"overloaded_error"}} | OVERLOADED
          429 | Error code: 429 - {'error': {'message': 'm', 'type': 'insufficient_quota'}} | QUOTA_EXHAUSTED
          """)
  void codesAreFoundInAnyLayout(int status, String body, FailureKind kind) {
    assertThat(classify(status, body).kind()).isEqualTo(kind);
  }

  /** AWS, Alibaba Cloud and storage services. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          400 | <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse> | RATE_LIMITED
          400 | <?xml version='1.0' encoding='UTF-8'?><Error><Code>Throttling.User</Code></Error> | RATE_LIMITED
          400 | <Error><Code>Arrearage</Code><Message>Access denied</Message></Error> | QUOTA_EXHAUSTED
          400 | <e:error xmlns:e="x"><e:code lang="en"> Arrearage </e:code></e:error> | QUOTA_EXHAUSTED
          400 | 400 Bad Request: "<Error><Code>Arrearage</Code></Error>" | QUOTA_EXHAUSTED
          400 | <Error><Code>InvalidParameter</Code><Message>x</Message></Error> | INVALID_REQUEST
          403 | <Error><Code>RequestTimeTooSkewed</Code><Message>m</Message></Error> | SERVER
          403 | <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error> | FORBIDDEN
          429 | <Error><Message>Insufficient balance</Message></Error> | QUOTA_EXHAUSTED
          429 | <Error><Message>{"error":{"code":"billing_not_active"}}</Message></Error> | QUOTA_EXHAUSTED
          200 | <error><code>503</code><message>upstream</message></error> | OVERLOADED
          400 | Invalid value: <code>overloaded_error</code> | INVALID_REQUEST
          404 | <!DOCTYPE html><HTML><body><code>overloaded_error</code></body></html> | NOT_FOUND
          404 | <!doctype html><code>overloaded_error</code> | NOT_FOUND
          400 | <body><code>rate_limit_exceeded</code></body> | INVALID_REQUEST
          400 | <h1>Error</h1><code>rate_limit_exceeded</code> | INVALID_REQUEST
          400 | <error><error-code>Arrearage</error-code></error> | QUOTA_EXHAUSTED
          400 | <Error><Code><![CDATA[Arrearage]]></Code></Error> | QUOTA_EXHAUSTED
          400 | <Error><Message><![CDATA[Wrong: <code>Arrearage</code>]]></Message></Error> | INVALID_REQUEST
          400 | a < b </Code>insufficient_quota</Code> | INVALID_REQUEST
          """)
  void codesAreFoundInXml(int status, String body, FailureKind kind) {
    assertThat(classify(status, body).kind()).isEqualTo(kind);
  }

  @Test
  void theTextHasTheElementsOfXmlInLinesOfTheirOwn() {
    String body = "<Error>\n <Code>A</Code><Message lang=\"en\">Rate\nlimit</Message></Error>";
    assertThat(ResponseBody.of(body).text().lines().map(String::strip).filter(l -> !l.isEmpty()))
        .containsExactly("<error>", "a", "code: a", "message: rate", "limit", "</error>");
  }

  /** A proxy quotes the response of the provider. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          429 | {"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"{\\\\"error\\\\":{\\\\"code\\\\":\\\\"billing_not_active\\\\"}}"}}} | QUOTA_EXHAUSTED
          429 | {"error":{"code":429,"metadata":{"raw":"{\\\\"error\\\\":{\\\\"metadata\\\\":{\\\\"raw\\\\":\\\\"{\\\\\\\\\\\\"code\\\\\\\\\\\\":\\\\\\\\\\\\"billing_not_active\\\\\\\\\\\\"}\\\\"}}}"}}} | QUOTA_EXHAUSTED
          429 | {"error":{"message":"litellm.RateLimitError: OpenAIException - {\\\\"error\\\\":{\\\\"code\\\\":\\\\"billing_not_active\\\\"}}","code":"429"}} | QUOTA_EXHAUSTED
          429 | {"error":{"message":"Error code: 429 - {'error': {'code': 'billing_not_active'}}"}} | QUOTA_EXHAUSTED
          429 | {"error":{"metadata":{"raw":"{\\\\"error\\\\":{\\\\"message\\\\":\\\\"prompt\\\\",\\\\"type\\\\":\\\\"context_length_exceeded\\\\"}}"}}} | CONTEXT_LENGTH
          429 | {"error":{"metadata":{"raw":"{\\\\"error\\\\":{\\\\"details\\\\":[{\\\\"quotaId\\\\":\\\\"GenerateRequestsPerDayPerProject\\\\"}]}}"}}} | QUOTA_EXHAUSTED
          429 | {\\\\"error\\\\":{\\\\"type\\\\":\\\\"billing_not_active\\\\"}} | QUOTA_EXHAUSTED
          200 | {"error":{"metadata":{"raw":"{\\\\"error\\\\":{\\\\"type\\\\":\\\\"rate_limit_error\\\\"}}"}}} | RATE_LIMITED
          """)
  void codesAreFoundInQuotedBodies(int status, String body, FailureKind kind) {
    assertThat(classify(status, body.replace("\\\\", "\\")).kind()).isEqualTo(kind);
  }

  @Test
  void theFirstCodeDecides() {
    assertThat(
            classify(
                    200,
                    "{\"error\":{\"details\":[{\"reason\":\"NOT_FOUND\"}],\"type\":\"api_error\","
                        + "\"code\":\"overloaded_error\"}}")
                .kind())
        .isEqualTo(FailureKind.OVERLOADED);
    assertThat(
            classify(
                    500,
                    "{\"error\":{\"message\":\"Last error: {\\\"error\\\":{\\\"status\\\":"
                        + "\\\"NOT_FOUND\\\"}}\",\"type\":\"overloaded_error\"}}")
                .kind())
        .isEqualTo(FailureKind.OVERLOADED);
  }

  /** Validation errors and messages may contain the user's own JSON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\":[{\"type\":\"missing\",\"input\":{\"code\":\"overloaded_error\"}}]}",
        "{\"detail\":[{\"input\":[{\"error\":{\"code\":\"overloaded_error\"}}]}]}",
        "{\"error\":{\"message\":\"Invalid value: {\\\"type\\\":\\\"overloaded_error\\\"}\"}}",
        "{\"error\":{\"message\":\"Invalid: {'code': 'rate_limit_exceeded', 'status': 503}\"}}",
      })
  void theRequestsOwnJsonMakesNothingTransient(String body) {
    assertThat(classify(400, body).kind()).isEqualTo(FailureKind.INVALID_REQUEST);
    assertThat(classify(422, body).kind()).isEqualTo(FailureKind.INVALID_REQUEST);
  }

  @Test
  void aCodeInAStringChangesNoServerError() {
    String body = "{\"error\":{\"message\":\"{\\\"code\\\":\\\"model_not_found\\\"}\"}}";
    assertThat(classify(500, body).kind()).isEqualTo(FailureKind.SERVER);
    assertThat(classify(503, body).kind()).isEqualTo(FailureKind.OVERLOADED);
  }

  @Test
  void theTextHasTheMembersInLinesOfTheirOwn() {
    String body =
        "429 - {\"error\":{\"Message\":\"Rate\\nlimit\",\"list\":[\"A\",1],\"raw\":"
            + "\"{\\\"quotaId\\\":\\\"PerDay\\\"}\"}} Bye";
    assertThat(ResponseBody.of(body).text().lines().map(String::strip).filter(l -> !l.isEmpty()))
        .containsExactly(
            "429 -",
            "message: rate",
            "limit",
            "list: a",
            "list: 1",
            "raw:",
            "quotaid: perday",
            "bye");
  }

  @Test
  void theWorkIsBounded() {
    String deep = "{\"error\":".repeat(1_000_000);
    assertThat(classify(429, deep).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    String quoted = "{\"a\":\"".repeat(500_000);
    assertThat(classify(429, quoted).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    String escaped = "{\\".repeat(500_000);
    assertThat(classify(429, escaped).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(classify(429, "<a>".repeat(1_000_000) + "</a>").kind())
        .isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(ResponseBody.of("<a>b</a>".repeat(500_000)).text()).hasSizeLessThan(100_000);
    String many = "{\"x\":1}".repeat(500_000);
    assertThat(ResponseBody.of(many).text()).hasSizeLessThan(100_000);
    assertThat(ResponseBody.of("{" + "\"code\":\"c\",".repeat(500_000)).members())
        .hasSizeLessThan(100);
  }

  @Test
  void theEndOfALongBodyIsRead() {
    String body = "{\"a\":\"" + "x".repeat(1_000_000) + "\",\"quotaId\":\"RequestsPerDay\"}";
    assertThat(classify(429, body).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }
}
