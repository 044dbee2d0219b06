package dev.llmretry.providertests.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.OpenAiCheck;
import dev.llmretry.providers.check.OpenAiStreamCheck;
import dev.llmretry.providers.preamble.OpenAiPreamble;
import dev.llmretry.providertests.RecordedAnswersTest;
import java.net.URI;

/** Chat completions, through openai-java. */
class OpenAiAnswersTest extends RecordedAnswersTest {

  private static final ChatCompletionCreateParams PARAMS =
      ChatCompletionCreateParams.builder().model("gpt-test").addUserMessage("What now?").build();

  OpenAiAnswersTest() {
    super("openai-chat");
  }

  static OpenAIClient client(URI url) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(url + "/v1")
        .apiKey("sk-test")
        .maxRetries(0)
        .build();
  }

  @Override
  protected Rejection check(URI url) {
    return new OpenAiCheck().check(client(url).chat().completions().create(PARAMS));
  }

  @Override
  protected Rejection checkStream(URI url) {
    try (StreamResponse<ChatCompletionChunk> response =
        client(url).chat().completions().createStreaming(PARAMS)) {
      return checkStart(
          response.stream().iterator(), new OpenAiStreamCheck(), new OpenAiPreamble());
    }
  }
}
