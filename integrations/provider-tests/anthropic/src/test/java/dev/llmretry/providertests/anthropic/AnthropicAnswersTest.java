package dev.llmretry.providertests.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.AnthropicCheck;
import dev.llmretry.providers.check.AnthropicStreamCheck;
import dev.llmretry.providers.preamble.AnthropicPreamble;
import dev.llmretry.providertests.RecordedAnswersTest;
import java.net.URI;

/** Messages, through anthropic-java. */
class AnthropicAnswersTest extends RecordedAnswersTest {

  private static final MessageCreateParams PARAMS =
      MessageCreateParams.builder()
          .model("claude-test")
          .maxTokens(100)
          .addUserMessage("What now?")
          .build();

  AnthropicAnswersTest() {
    super("anthropic");
  }

  private static AnthropicClient client(URI url) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(url.toString())
        .apiKey("sk-ant-test")
        .maxRetries(0)
        .build();
  }

  @Override
  protected Rejection check(URI url) {
    return new AnthropicCheck().check(client(url).messages().create(PARAMS));
  }

  @Override
  protected Rejection checkStream(URI url) {
    try (StreamResponse<RawMessageStreamEvent> response =
        client(url).messages().createStreaming(PARAMS)) {
      return checkStart(
          response.stream().iterator(), new AnthropicStreamCheck(), new AnthropicPreamble());
    }
  }
}
