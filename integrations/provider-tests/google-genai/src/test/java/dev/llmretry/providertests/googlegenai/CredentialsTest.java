package dev.llmretry.providertests.googlegenai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.auth.oauth2.UserCredentials;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import dev.llmretry.FailureKind;
import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.Reply;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vertex AI takes tokens that another server hands out. What that says counts too. */
@Timeout(60)
class CredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, INVALID_REQUEST",
    "401, invalid_client, UNAUTHORIZED",
    "503, temporarily_unavailable, OVERLOADED",
  })
  void aTokenThatIsRefusedIsNoTroubleOfTheNetwork(int status, String code, FailureKind kind) {
    Reply refusal =
        Reply.json(status, "{\"error\": \"%s\"}".formatted(code)).with("retry-after", "7");
    try (LoopbackProvider tokens = new LoopbackProvider(List.of(refusal));
        Client client = vertexAi(tokens)) {

      Throwable thrown =
          catchThrowable(() -> client.models.generateContent("m", "What now?", null));

      Failure failure = RetryRuntime.standard().classify(thrown);
      assertThat(failure.kind()).as("%s", thrown).isEqualTo(kind);
      assertThat(failure.statusCode()).isEqualTo(status);
      assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(tokens.requests()).hasSize(1);
    }
  }

  private static Client vertexAi(LoopbackProvider tokens) {
    return Client.builder()
        .vertexAI(true)
        .project("test")
        .location("nowhere")
        .credentials(
            UserCredentials.newBuilder()
                .setClientId("test")
                .setClientSecret("test")
                .setRefreshToken("test")
                .setTokenServerUri(tokens.url().resolve("/token"))
                .build())
        .httpOptions(HttpOptions.builder().baseUrl(tokens.url().toString()).build())
        .build();
  }
}
