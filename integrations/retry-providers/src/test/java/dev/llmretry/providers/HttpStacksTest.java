package dev.llmretry.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.classification.FailureFacts;
import feign.FeignException;
import feign.Request;
import feign.RetryableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import org.apache.hc.client5.http.HttpResponseException;
import org.apache.hc.core5.http.ContentType;
import org.junit.jupiter.api.Test;
import retrofit2.HttpException;
import retrofit2.Response;

/** What provider-tests cannot show with a server. */
class HttpStacksTest {

  private static final String BODY = "{\"error\": {\"code\": \"c\", \"type\": \"t\"}}";

  private static final FailureFacts READ = read().build();

  private static final Request REQUEST =
      Request.create(Request.HttpMethod.POST, "http://localhost", Map.of(), null, UTF_8, null);

  private static FailureFacts.Builder read() {
    return FailureFacts.builder().statusCode(429).message(BODY);
  }

  @Test
  void springAisMessageIsTakenApart() {
    SpringAiExtractor extractor = new SpringAiExtractor();
    assertThat(extractor.extract(new RuntimeException("429 - " + BODY))).isEqualTo(READ);
    assertThat(extractor.extract(new RuntimeException("HTTP 429 - " + BODY))).isEqualTo(READ);
    assertThat(extractor.extract(new RuntimeException("No 429 - at all")))
        .isEqualTo(FailureFacts.builder().message("No 429 - at all").build());
    assertThat(extractor.extract(new RuntimeException())).isEqualTo(FailureFacts.builder().build());
  }

  @Test
  void retrofitsBodyIsNotUsedUp() throws Exception {
    HttpException error =
        new HttpException(
            Response.error(429, ResponseBody.create(BODY, MediaType.get("application/json"))));
    assertThat(new RetrofitExtractor().extract(error)).isEqualTo(READ);
    assertThat(error.response().errorBody().string()).isEqualTo(BODY);
  }

  @Test
  void apachesExceptionMayHaveABody() {
    HttpResponseException error =
        new HttpResponseException(429, "no", BODY.getBytes(UTF_8), ContentType.APPLICATION_JSON);
    assertThat(new HttpClient5Extractor().extract(error)).isEqualTo(READ);
  }

  @Test
  void anErrorDecoderOfFeignsMayNameATime() {
    long soon = System.currentTimeMillis() + 60_000;
    RetryableException error =
        new RetryableException(429, "no", Request.HttpMethod.POST, soon, REQUEST);
    FailureFacts facts = new FeignExtractor().extract(error);
    assertThat(facts.statusCode()).isEqualTo(429);
    assertThat(facts.message()).isEqualTo("no");
    assertThat(facts.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void feignsAnswerIsReadWhereItIsTheCause() {
    FeignException answer =
        new FeignException.TooManyRequests(
            "no", REQUEST, BODY.getBytes(UTF_8), Map.of("retry-after", List.of("7")));
    RetryableException error =
        new RetryableException(429, "no", Request.HttpMethod.POST, answer, (Long) null, REQUEST);
    assertThat(new FeignExtractor().extract(error))
        .isEqualTo(read().headers(Map.of("retry-after", List.of("7"))).build());
  }
}
