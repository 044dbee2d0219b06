package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.OpenAIServiceException;
import dev.llmretry.FailureKind;
import dev.llmretry.providers.AnthropicExtractor;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** There is no SDK here, except for two exceptions that lack most of their accessors. */
class MissingSdkTest {

  private static Failure classify(Throwable error) {
    return RetryRuntime.standard().classify(error);
  }

  @Test
  void extractorsLoadWithoutTheirSdk() {
    assertThat(ServiceLoader.load(FailureExtractor.class))
        .isNotEmpty()
        .allSatisfy(extractor -> assertThat(extractor.exceptionClasses()).isNotEmpty());
  }

  @Test
  void allElseIsClassifiedAsEver() {
    assertThat(classify(new SocketTimeoutException()).kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void accessorsThatAVersionLacksCostNothingElse() {
    OpenAIServiceException error = new OpenAIServiceException("429: Please try again in 3s.");
    assertThat(classify(error))
        .isEqualTo(new Failure(FailureKind.RATE_LIMITED, Duration.ofSeconds(3), 429, "HTTP 429"));
  }

  @Test
  void aVersionThatHasNoAccessorsStillHasItsMessage() {
    AnthropicServiceException error = new AnthropicServiceException("529: Overloaded");
    assertThat(new AnthropicExtractor().extract(error))
        .isEqualTo(FailureFacts.builder().message("529: Overloaded").build());
    assertThat(classify(error).kind()).isEqualTo(FailureKind.UNKNOWN);
  }
}
